#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace weir::base {
namespace {

constexpr char kHexLower[] = "0123456789abcdef";
constexpr char kHexUpper[] = "0123456789ABCDEF";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

std::string encode64(std::string_view bytes, std::string_view alphabet, bool pad) {
  size_t digits = (bytes.size() * 4 + 2) / 3;
  std::string out(pad ? (digits + 3) / 4 * 4 : digits, '=');
  char* at = out.data();
  auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i])); };
  for (; bytes.size() >= 3; bytes.remove_prefix(3)) {
    auto three = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (int shift = 18; shift >= 0; shift -= 6) *at++ = alphabet[(three >> shift) & 63];
  }
  uint32_t group = 0;
  int bits = 0;
  for (unsigned char c : bytes) {
    group = (group << 8) | c;
    for (bits += 8; bits >= 6; bits -= 6) *at++ = alphabet[(group >> (bits - 6)) & 63];
  }
  if (bits > 0) *at = alphabet[(group << (6 - bits)) & 63];
  return out;
}

using Values64 = std::array<int8_t, 256>;
constexpr Values64 values_of(std::string_view alphabet) {
  Values64 value{};
  for (auto& v : value) v = -1;
  for (size_t i = 0; i < 64; ++i) value[static_cast<unsigned char>(alphabet[i])] = static_cast<int8_t>(i);
  return value;
}
constexpr auto kValuesBase64 = values_of(kBase64), kValuesBase64Url = values_of(kBase64Url);

Result<std::string> decode64(std::string_view text, const Values64& value) {
  std::string out(text.size() * 6 / 8, '\0');
  char* at = out.data();
  uint32_t group = 0;
  int bits = 0;
  for (unsigned char c : text) {
    if (value[c] < 0) return invalid("not base64");
    group = (group << 6) | static_cast<uint32_t>(value[c]);
    if ((bits += 6) >= 8) *at++ = static_cast<char>((group >> (bits -= 8)) & 255);
  }
  if (bits >= 6 || (group & ((1U << bits) - 1))) return invalid("not base64");
  return out;
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::string_view trim(std::string_view text) {
  auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  return split_n(text, separator, std::string_view::npos);
}

std::vector<std::string_view> split_n(std::string_view text, char separator, size_t parts) {
  std::vector<std::string_view> out;
  while (out.size() + 1 < parts) {
    auto at = text.find(separator);
    if (at == std::string_view::npos) break;
    out.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  out.push_back(text);
  return out;
}

std::string join(const std::vector<std::string>& pieces, std::string_view between) {
  std::string out;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i) out += between;
    out += pieces[i];
  }
  return out;
}

bool is_valid_utf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    auto c = static_cast<unsigned char>(text[i]);
    size_t n = c < 0x80 ? 1 : (c >> 5) == 6 ? 2 : (c >> 4) == 14 ? 3 : (c >> 3) == 30 ? 4 : 0;
    if (n == 0 || i + n > text.size()) return false;
    uint32_t point = n == 1 ? c : c & (0x7fU >> n);
    for (size_t k = 1; k < n; ++k) {
      auto d = static_cast<unsigned char>(text[i + k]);
      if ((d & 0xc0) != 0x80) return false;
      point = (point << 6) | (d & 0x3f);
    }
    static constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[n] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
    i += n;
  }
  return true;
}

size_t utf8_length(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto u = static_cast<unsigned char>(c);
    return u < 0x20 || u == 0x7f;
  });
}

std::string hex(std::string_view bytes) {
  std::string out(bytes.size() * 2, '\0');
  char* at = out.data();
  for (unsigned char c : bytes) {
    *at++ = kHexLower[c >> 4];
    *at++ = kHexLower[c & 15];
  }
  return out;
}

Result<std::string> unhex(std::string_view text) {
  if (text.size() % 2) return invalid("not hexadecimal");
  std::string out;
  out.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return invalid("not hexadecimal");
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string base64(std::string_view bytes) { return encode64(bytes, kBase64, true); }
std::string base64url(std::string_view bytes) { return encode64(bytes, kBase64Url, false); }

Result<std::string> unbase64(std::string_view text) {
  if (text.size() % 4) return invalid("not base64");
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode64(text, kValuesBase64);
}

Result<std::string> unbase64url(std::string_view text) { return decode64(text, kValuesBase64Url); }

std::string uri_encode(std::string_view bytes, bool keep_slash) {
  std::string out;
  out.reserve(bytes.size() + 16);
  for (char c : bytes) {
    if (unreserved(c) || (keep_slash && c == '/')) {
      out += c;
    } else {
      auto u = static_cast<unsigned char>(c);
      out += '%';
      out += kHexUpper[u >> 4];
      out += kHexUpper[u & 15];
    }
  }
  return out;
}

std::string uri_decode(std::string_view text, bool plus_is_space) {
  auto is_plain = [&](char c) { return c != '%' && !(plus_is_space && c == '+'); };
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    auto plain = i;
    while (i < text.size() && is_plain(text[i])) ++i;
    out.append(text, plain, i - plain);
    if (i == text.size()) break;
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

Result<int64_t> parse_int(std::string_view text) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return invalid("not an integer");
  return value;
}

Result<double> parse_double(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return invalid("not a number");
  return value;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace weir::base
