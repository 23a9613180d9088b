#include "backends/mail/spooled_mail.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace weir::backends {
namespace {

// Headers of one part and what follows them.
struct Part {
  std::string_view head, body;
};

Part split_part(std::string_view text) {
  auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return {text, {}};
  return {text.substr(0, end + 2), text.substr(end + 4)};
}

// A header's value, folded lines put together.
std::string header(std::string_view head, std::string_view name) {
  std::string out;
  bool inside = false;
  for (auto line : base::split(head, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (inside && line.starts_with(' ')) {
      out += line;
    } else if (inside) {
      break;
    } else if (base::starts_with_ignoring_case(line, std::string(name) + ":")) {
      out = base::trim(line.substr(name.size() + 1));
      inside = true;
    }
  }
  return out;
}

// Encoded words put together; the space between two of them is none.
std::string decoded(std::string_view value) {
  constexpr std::string_view kStart = "=?UTF-8?B?", kEnd = "?=";
  std::string out;
  for (;;) {
    auto at = value.find(kStart);
    auto end = at == std::string_view::npos ? at : value.find(kEnd, at + kStart.size());
    if (end == std::string_view::npos) return out.append(value);
    if (auto between = value.substr(0, at); base::trim(between) != "" || out.empty()) out += between;
    auto word = base::unbase64(value.substr(at + kStart.size(), end - at - kStart.size()));
    out += word.ok() ? *word : std::string(value.substr(at, end + kEnd.size() - at));
    value.remove_prefix(end + kEnd.size());
  }
}

std::string without_line_ends(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != '\r' && c != '\n') out += c;
  return out;
}

std::string with_plain_line_ends(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::string body_of(const Part& part) {
  if (header(part.head, "Content-Transfer-Encoding") != "base64") return with_plain_line_ends(std::string(part.body));
  auto bytes = base::unbase64(without_line_ends(part.body));
  return with_plain_line_ends(bytes.ok() ? *bytes : std::string(part.body));
}

// The part of plain text, which comes first where there are several.
Part plain_part(const Part& whole) {
  auto type = header(whole.head, "Content-Type");
  auto at = type.find("boundary=\"");
  if (at == std::string::npos) return whole;
  at += std::string_view("boundary=\"").size();
  auto mark = "--" + type.substr(at, type.find('"', at) - at);
  auto first = whole.body.find(mark + "\r\n");
  if (first == std::string_view::npos) return whole;
  auto inner = whole.body.substr(first + mark.size() + 2);
  return split_part(inner.substr(0, inner.find(mark)));
}

base::Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::invalid("cannot read " + path.string(), "spool");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

SpooledMail parse_mail(std::string_view text) {
  auto whole = split_part(text);
  return {{},
          header(whole.head, "Date"),
          decoded(header(whole.head, "From")),
          header(whole.head, "To"),
          decoded(header(whole.head, "Subject")),
          body_of(plain_part(whole))};
}

base::Result<std::vector<SpooledMail>> read_spool(const std::string& directory) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error))
    if (entry.path().extension() == ".eml") paths.push_back(entry.path());
  if (error && error != std::errc::no_such_file_or_directory)
    return base::invalid("cannot read " + directory + ": " + error.message(), "spool");
  std::ranges::sort(paths);
  std::vector<SpooledMail> out;
  for (const auto& path : paths) {
    WEIR_TRY(auto text, read_file(path));
    out.push_back(parse_mail(text));
    out.back().file = path.filename().string();
  }
  return out;
}

}  // namespace weir::backends
