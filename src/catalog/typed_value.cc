#include "catalog/typed_value.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/text.h"

namespace weir::catalog {
namespace {

using base::Result;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_sign(std::string_view text, bool& negative) {
  negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return text;
}

Result<std::string> canonical_decimal(std::string_view text) {
  bool negative = false;
  auto digits = without_sign(text, negative);
  auto dot = digits.find('.');
  auto whole = digits.substr(0, dot);
  auto fraction = dot == std::string_view::npos ? std::string_view() : digits.substr(dot + 1);
  if (whole.size() + fraction.size() == 0 || !all_digits(whole) || !all_digits(fraction))
    return base::invalid("not a decimal");
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  std::string out(whole.empty() ? "0" : whole);
  if (!fraction.empty()) out.append(".").append(fraction);
  return negative && out != "0" ? "-" + out : out;
}

std::strong_ordering compare_magnitudes(std::string_view a, std::string_view b) {
  auto whole_a = a.substr(0, a.find('.')), whole_b = b.substr(0, b.find('.'));
  if (whole_a.size() != whole_b.size()) return whole_a.size() <=> whole_b.size();
  // Equal lengths before the point: text order is number order, and a shorter fraction is smaller.
  return a <=> b;
}

std::strong_ordering compare_decimals(std::string_view a, std::string_view b) {
  bool a_negative = false, b_negative = false;
  a = without_sign(a, a_negative);
  b = without_sign(b, b_negative);
  if (a_negative != b_negative) return a_negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a_negative ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

// "dd" patterns: digits where `shape` has 0, the character itself elsewhere.
bool has_shape(std::string_view text, std::string_view shape) {
  return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
           return s == '0' ? c >= '0' && c <= '9' : c == s;
         });
}

int number_at(std::string_view text, size_t at, size_t length) {
  int out = 0;
  for (char c : text.substr(at, length)) out = out * 10 + (c - '0');
  return out;
}

Result<std::string> canonical_date(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return base::invalid("not a date");
  std::chrono::year_month_day day{std::chrono::year(number_at(text, 0, 4)),
                                  std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                                  std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2)))};
  if (!day.ok()) return base::invalid("not a day of the calendar");
  return std::string(text);
}

// HH:MM[:SS[.fraction]]
Result<std::string> canonical_time(std::string_view text) {
  auto dot = text.find('.');
  auto clock = std::string(text.substr(0, dot));
  if (has_shape(clock, "00:00") && dot == std::string_view::npos) clock += ":00";
  bool fits = has_shape(clock, "00:00:00") && number_at(clock, 0, 2) < 24 && number_at(clock, 3, 2) < 60 &&
              number_at(clock, 6, 2) < 60;
  if (!fits) return base::invalid("not a time of day");
  if (dot == std::string_view::npos) return clock;
  auto fraction = text.substr(dot + 1);
  if (fraction.empty() || fraction.size() > 9 || !all_digits(fraction))
    return base::invalid("not a fraction of a second");
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? clock : clock + "." + std::string(fraction);
}

Result<std::string> canonical_timestamp(std::string_view text) {
  WEIR_TRY(auto date, canonical_date(text.substr(0, 10)));
  if (text.size() == 10) return date + " 00:00:00";
  if (text[10] != ' ' && text[10] != 'T') return base::invalid("not a timestamp");
  WEIR_TRY(auto time, canonical_time(text.substr(11)));
  return date + " " + time;
}

Result<bool> read_boolean(std::string_view text) {
  if (base::equal_ignoring_case(text, "true")) return true;
  if (base::equal_ignoring_case(text, "false")) return false;
  return base::invalid("not a boolean");
}

Result<double> read_floating(std::string_view text) {
  WEIR_TRY(double value, base::parse_double(text.starts_with('+') ? text.substr(1) : text));
  if (!std::isfinite(value)) return base::invalid("not a finite number");
  return value == 0 ? 0.0 : value;
}

// "+5" is a number; "+-5" is not.
Result<int64_t> read_integer(std::string_view text) {
  if (text.starts_with("+") && !text.starts_with("+-")) text.remove_prefix(1);
  return base::parse_int(text);
}

template <class T>
Result<Literal> as_literal(Result<T> value, TypeFamily family) {
  if (!value.ok()) return std::move(value).error();
  return Literal{std::move(value).value(), family};
}

}  // namespace

Result<Literal> typed_value(std::string_view text, TypeFamily family) {
  switch (family) {
    case TypeFamily::text: return Literal{std::string(text), family};
    case TypeFamily::integer: return as_literal(read_integer(text), family);
    case TypeFamily::decimal: return as_literal(canonical_decimal(text), family);
    case TypeFamily::floating: return as_literal(read_floating(text), family);
    case TypeFamily::boolean: return as_literal(read_boolean(text), family);
    case TypeFamily::date: return as_literal(canonical_date(text), family);
    case TypeFamily::timestamp: return as_literal(canonical_timestamp(text), family);
    case TypeFamily::unsupported: break;
  }
  return base::invalid("not a comparable type");
}

std::partial_ordering compare(const Literal& a, const Literal& b) {
  if (a.family != b.family || a.value.index() != b.value.index()) return std::partial_ordering::unordered;
  if (auto* text = std::get_if<std::string>(&a.value)) {
    auto& other = std::get<std::string>(b.value);
    return a.family == TypeFamily::decimal ? compare_decimals(*text, other) : *text <=> other;
  }
  if (auto* integer = std::get_if<int64_t>(&a.value)) return *integer <=> std::get<int64_t>(b.value);
  if (auto* number = std::get_if<double>(&a.value)) return *number <=> std::get<double>(b.value);
  if (auto* truth = std::get_if<bool>(&a.value)) return *truth <=> std::get<bool>(b.value);
  return std::partial_ordering::unordered;
}

}  // namespace weir::catalog
