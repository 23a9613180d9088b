// The web console, on the server's own address:
//
//   GET /                            of a browser that shows no credentials: on to the console
//   GET /-/console/...               its files; what is none of them is a page of the app, which index.html shows
//   GET /-/console/config.json       what the page needs before anybody signed in; ?account= for another account's
//
// Invariants:
//  1. Nothing here needs credentials, and nothing has any: the page signs its own requests to the public APIs. There
//     are no cookies.
//  2. Scripts and styles are the console's own files and nothing else, nobody can frame it, and it speaks to nobody but
//     this server: the headers of every answer say so.
//  3. A path is compared to the letter, never opened: files are constants of the program.
//
// Threads: any.
#pragma once
#include <memory>
#include <string>

#include "app/lake.h"
#include "net/http.h"

namespace weir::server {

inline constexpr std::string_view kConsolePath = "/-/console/";

// Sets the headers of invariant 2: for what other files answer below the console's address, too.
void guard_console_page(net::Response& response);

class ConsolePages {
 public:
  // `account`: whose console it is when none is named.
  ConsolePages(app::Lake& lake, std::string account) : lake_(lake), account_(std::move(account)) {}

  // `/` is S3's, for whoever is not a person with a browser.
  static bool serve(const net::RequestHead& head);
  std::unique_ptr<net::Exchange> open(net::RequestHead head);

 private:
  friend class ConsolePage;
  app::Lake& lake_;
  const std::string account_;
};

}  // namespace weir::server
