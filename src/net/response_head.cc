#include "net/response_head.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace weir::net {
namespace {

void append_number(std::string& out, uint64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

bool is_ours(std::string_view name) {
  static constexpr std::string_view kOurs[] = {"content-length", "date", "connection", "transfer-encoding",
                                               "keep-alive"};
  for (auto ours : kOurs)
    if (name.size() == ours.size() && base::equal_ignoring_case(name, ours)) return true;
  return false;
}

bool ends_a_line(char c) { return c == '\r' || c == '\n' || c == '\0'; }

void append_safely(std::string& out, std::string_view text) {
  auto begin = out.size();
  out += text;
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), ends_a_line, ' ');
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

std::optional<uint64_t> length_of(const Response& response, const Exchanged& exchanged) {
  if (exchanged.is_head && response.declared_length) return response.declared_length;
  if (auto* text = std::get_if<std::string>(&response.body)) return text->size();
  if (auto* file = std::get_if<FileSlice>(&response.body)) return file->length;
  return std::get<StreamBody>(response.body).length;
}

Framing framing_of(const Response& response, Exchanged& exchanged) {
  if (has_no_body(response.status)) return Framing::none;
  if (length_of(response, exchanged)) return Framing::length;
  if (!exchanged.is_http_1_0) return Framing::chunked;
  exchanged.keep_alive = false;
  return Framing::until_end;
}

void append_response_head(std::string& out, const Response& response, const Exchanged& exchanged, Framing framing,
                          std::string_view date) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<uint64_t>(response.status));
  out.append(" ").append(reason_phrase(response.status)).append("\r\nDate: ").append(date).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (is_ours(name)) continue;
    append_safely(out, name);
    out += ": ";
    append_safely(out, value);
    out += "\r\n";
  }
  if (framing == Framing::length) {
    out += "Content-Length: ";
    append_number(out, *length_of(response, exchanged));
    out += "\r\n";
  }
  if (framing == Framing::chunked) out += "Transfer-Encoding: chunked\r\n";
  if (!exchanged.keep_alive) {
    out += "Connection: close\r\n";
  } else if (exchanged.is_http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

}  // namespace weir::net
