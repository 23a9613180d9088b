// Pages for people: HTML without scripts, which nothing else can be put into and nobody can frame.
//
// INVARIANT: titles and texts are shown as text; `more` is HTML of ours, put together with html_escaped().
//
// Threads: pure functions.
#pragma once
#include <string>
#include <string_view>

#include "net/http.h"

namespace weir::server {

net::Response answer_with(int status, std::string type, std::string body);
net::Response page(int status, std::string_view title, std::string_view text, std::string_view more = {});

}  // namespace weir::server
