#include "wire/scalar.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace weir::wire {
namespace {

template <class T>
bool read_whole(std::string_view text, void* into) {
  auto number = base::parse_int(text);
  if (!number.ok() || *number < std::numeric_limits<T>::min() || *number > std::numeric_limits<T>::max()) return false;
  *static_cast<T*>(into) = static_cast<T>(*number);
  return true;
}

bool read_boolean(std::string_view text, bool& into) {
  into = base::equal_ignoring_case(text, "true");
  return into || base::equal_ignoring_case(text, "false");
}

bool read_floating(std::string_view text, double& into) {
  if (auto special = special_number(text)) return into = *special, true;
  auto number = base::parse_double(text);
  if (!number.ok() || !std::isfinite(*number)) return false;
  return into = *number, true;
}

bool read_blob(std::string_view text, std::string& into) {
  auto bytes = base::unbase64(text);
  if (!bytes.ok()) return false;
  return into = std::move(*bytes), true;
}

template <class T>
void append_whole(T value, std::string& out) {
  char text[24];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

void append_floating(double value, std::string& out) {
  if (std::isnan(value))
    out += "NaN";
  else if (std::isinf(value))
    out += value > 0 ? "Infinity" : "-Infinity";
  else {
    char text[40];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
  }
}

}  // namespace

bool read_scalar(const Shape& shape, TimestampFormat format, std::string_view text, void* into) {
  switch (shape.type) {
    case Type::string:
      if (!base::is_valid_utf8(text)) return false;
      static_cast<std::string*>(into)->assign(text);
      return true;
    case Type::boolean: return read_boolean(text, *static_cast<bool*>(into));
    case Type::integer: return read_whole<int32_t>(text, into);
    case Type::long_integer: return read_whole<int64_t>(text, into);
    case Type::floating: return read_floating(text, *static_cast<double*>(into));
    case Type::blob: return read_blob(text, *static_cast<std::string*>(into));
    case Type::timestamp: return read_timestamp(text, format, *static_cast<base::Instant*>(into));
    case Type::document:
    case Type::list:
    case Type::map:
    case Type::structure: return false;
  }
  return false;
}

void append_scalar(const Shape& shape, TimestampFormat format, const void* value, std::string& out) {
  switch (shape.type) {
    case Type::string: out += *static_cast<const std::string*>(value); break;
    case Type::boolean: out += *static_cast<const bool*>(value) ? "true" : "false"; break;
    case Type::integer: append_whole(*static_cast<const int32_t*>(value), out); break;
    case Type::long_integer: append_whole(*static_cast<const int64_t*>(value), out); break;
    case Type::floating: append_floating(*static_cast<const double*>(value), out); break;
    case Type::blob: out += base::base64(*static_cast<const std::string*>(value)); break;
    case Type::timestamp: append_timestamp(*static_cast<const base::Instant*>(value), format, out); break;
    case Type::document:
    case Type::list:
    case Type::map:
    case Type::structure: break;
  }
}

bool read_timestamp(std::string_view text, TimestampFormat format, base::Instant& into) {
  if (format == TimestampFormat::epoch) {
    auto seconds = base::parse_double(text);
    return seconds.ok() && read_epoch_seconds(*seconds, into);
  }
  auto instant = format == TimestampFormat::http_date ? base::parse_http_date(text) : base::parse_iso8601(text);
  if (!instant.ok()) return false;
  return into = *instant, true;
}

void append_timestamp(base::Instant at, TimestampFormat format, std::string& out) {
  switch (format) {
    case TimestampFormat::epoch: return append_epoch_seconds(at, out);
    case TimestampFormat::http_date: out += base::to_http_date(at); return;
    case TimestampFormat::by_place:
    case TimestampFormat::iso8601: break;
  }
  out += at.time_since_epoch() % base::Seconds(1) == base::Instant::duration::zero() ? base::to_iso8601(at)
                                                                                     : base::to_iso8601_millis(at);
}

void append_epoch_seconds(base::Instant at, std::string& out) {
  auto millis = std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
  const bool negative = millis < 0;
  if (negative) out += '-', millis = -millis;
  append_whole(millis / 1000, out);
  if (auto fraction = millis % 1000) {
    out += '.';
    out += static_cast<char>('0' + fraction / 100);
    out += static_cast<char>('0' + fraction / 10 % 10);
    out += static_cast<char>('0' + fraction % 10);
    while (out.back() == '0') out.pop_back();
  }
}

bool read_epoch_seconds(double seconds, base::Instant& into) {
  constexpr double kYear1 = -62135596800e3;
  constexpr double kYear10000 = 253402300800e3;
  const double millis = std::round(seconds * 1e3);
  if (!(millis >= kYear1 && millis < kYear10000)) return false;
  into = base::Instant(std::chrono::milliseconds(static_cast<int64_t>(millis)));
  return true;
}

std::optional<double> special_number(std::string_view word) {
  if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (word == "Infinity") return std::numeric_limits<double>::infinity();
  if (word == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

}  // namespace weir::wire
