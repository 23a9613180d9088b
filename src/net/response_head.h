// The head of an answer, formatted by hand into a string that its connection reuses.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.h"

namespace weir::net {

std::string_view reason_phrase(int status);

// How the body's end is told.
enum class Framing {
  none,       // no body follows
  length,     // Content-Length
  chunked,    // Transfer-Encoding: chunked
  until_end,  // the connection closes (HTTP/1.0, unknown length)
};

struct Exchanged {  // what the request decides about its answer
  bool is_head = false;
  bool is_http_1_0 = false;
  bool keep_alive = true;
};

// The length of the body that `response` carries or, for HEAD, would carry.
std::optional<uint64_t> length_of(const Response& response, const Exchanged& exchanged);
// May turn keep_alive off.
Framing framing_of(const Response& response, Exchanged& exchanged);

// Appends status line and headers, blank line included. Content-Length, Date, Connection and
// Transfer-Encoding are written here only: a handler's own are left out. Line breaks inside a handler's
// header become spaces, so that no value can end the head or begin another answer.
void append_response_head(std::string& out, const Response& response, const Exchanged& exchanged, Framing framing,
                          std::string_view date);

}  // namespace weir::net
