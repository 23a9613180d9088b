// Where a company's identity provider sends people back to, and what it is told about this server:
//
//   POST /-/console/saml                     a SAML response: the console's page again, with the response in it
//   GET  /-/console/saml/metadata?account=   the console as a SAML service provider
//
// (OIDC comes back to /-/console/signed-in, which is a page of the app like any other.)
//
// Invariants:
//  1. A response is neither judged, kept nor logged here: the page's script shows it to STS, as any program would.
//  2. It reaches the page as data: in an element that no browser executes, spelled so that nothing in it ends the
//     element. Only the two fields of the form are passed on, and only with the alphabet that
//     they have.
//  3. Whether there is such an account is not told.
//
// Threads: any.
#pragma once
#include <memory>

#include "app/lake.h"
#include "net/http.h"

namespace weir::server {

bool is_company_page(std::string_view path);
std::unique_ptr<net::Exchange> open_company_page(app::Lake& lake, net::RequestHead head);

// The app's page with what came from a provider, for its script (web/src/signin/arrival.ts). Nothing when `index` has
// no end of a head, or the response is not base64. A RelayState that is none of the page's counts as none.
std::optional<std::string> page_with_response(std::string_view index, std::string_view response,
                                              std::string_view relay_state);

}  // namespace weir::server
