#include "policy/operand.h"

#include <cmath>
#include <limits>
#include <optional>

#include "base/text.h"

namespace weir::policy {
namespace {

using base::Result;

std::optional<double> read_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  auto value = base::parse_double(text);
  if (!value.ok() || !std::isfinite(*value)) return std::nullopt;
  return *value;
}

// Instants hold microseconds in 64 bits; anything past the year 9999 is a mistake, not a date.
constexpr double kEpochMost = 253402300800.0;

std::optional<base::Instant> read_epoch(std::string_view text) {
  auto seconds = read_number(text);
  if (!seconds || std::abs(*seconds) > kEpochMost) return std::nullopt;
  return base::from_epoch_seconds(*seconds);
}

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

// The W3C forms (2026, 2026-11, 2026-11-22, with time and zone) or seconds since the epoch. Four digits
// are a year: nobody means an hour in 1970.
std::optional<base::Instant> read_date(std::string_view text) {
  std::string full(text);
  if (text.size() == 4 && all_digits(text)) full += "-01-01";
  if (text.size() == 7 && text[4] == '-') full += "-01";
  auto instant = base::parse_iso8601(full);
  if (instant.ok()) return *instant;
  return read_epoch(text);
}

template <class T>
bool in_order(Order order, const T& request, const T& policy) {
  switch (order) {
    case Order::equal: return request == policy;
    case Order::less: return request < policy;
    case Order::less_equal: return request <= policy;
    case Order::greater: return request > policy;
    case Order::greater_equal: return request >= policy;
  }
  return false;
}

template <class T>
Match match_order(Order order, const std::optional<T>& request, const T& policy) {
  return request ? match_if(in_order(order, *request, policy)) : Match::unclear;
}

base::Error wrong_value(std::string_view text) {
  return base::fail(base::Kind::malformed_policy,
                    "Syntax errors in policy. Invalid condition value: " + std::string(text.substr(0, 128)), "policy");
}

bool is_boolean(std::string_view text) {
  return base::equal_ignoring_case(text, "true") || base::equal_ignoring_case(text, "false");
}

template <class T>
Result<T> present(std::optional<T> value, std::string_view text) {
  if (!value) return wrong_value(text);
  return *value;
}

}  // namespace

Result<Operand> Operand::compile(const Operator& op, std::string_view text, Variables variables) {
  if (!takes_variables(op.comparison)) variables = Variables::literal;
  switch (op.comparison) {
    case Comparison::text:
    case Comparison::text_ignoring_case: {
      WEIR_TRY(auto pattern, Pattern::compile(text, Wildcards::literal, variables));
      return Operand(std::move(pattern));
    }
    case Comparison::text_like: {
      WEIR_TRY(auto pattern, Pattern::compile(text, Wildcards::live, variables));
      return Operand(std::move(pattern));
    }
    case Comparison::boolean:
    case Comparison::absence: {
      WEIR_TRY(auto pattern, Pattern::compile(text, Wildcards::literal, variables));
      if (!pattern.has_variables() && !is_boolean(text)) return wrong_value(text);
      return Operand(std::move(pattern));
    }
    case Comparison::arn: {
      WEIR_TRY(auto pattern, ArnPattern::compile(text, variables));
      return Operand(std::move(pattern));
    }
    case Comparison::number: {
      WEIR_TRY(auto value, present(read_number(text), text));
      return Operand(value);
    }
    case Comparison::date: {
      WEIR_TRY(auto value, present(read_date(text), text));
      return Operand(value);
    }
    case Comparison::address: {
      WEIR_TRY(auto value, present(IpRange::parse(text), text));
      return Operand(value);
    }
    case Comparison::binary: {
      auto raw = base::unbase64(text);
      if (!raw.ok()) return wrong_value(text);
      return Operand(Bytes{std::move(*raw)});
    }
  }
  return wrong_value(text);
}

Match Operand::compare(const Operator& op, std::string_view value, const Context& context) const {
  switch (op.comparison) {
    case Comparison::text:
    case Comparison::text_like: return std::get<Pattern>(value_).match(value, context);
    case Comparison::text_ignoring_case:
    case Comparison::boolean: return std::get<Pattern>(value_).match_ignoring_case(value, context);
    case Comparison::arn: {
      auto parts = ArnParts::of(value);
      auto& pattern = std::get<ArnPattern>(value_);
      if (!parts.valid && !pattern.matches_everything()) return Match::unclear;
      return pattern.match(value, parts, context);
    }
    case Comparison::number: return match_order(op.order, read_number(value), std::get<double>(value_));
    case Comparison::date: return match_order(op.order, read_date(value), std::get<base::Instant>(value_));
    case Comparison::address: {
      auto address = IpAddress::parse(value);
      return address ? match_if(std::get<IpRange>(value_).contains(*address)) : Match::unclear;
    }
    case Comparison::binary: return match_if(std::get<Bytes>(value_).raw == value);
    case Comparison::absence: return Match::unclear;
  }
  return Match::unclear;
}

bool Operand::asks_for_absence() const {
  auto* pattern = std::get_if<Pattern>(&value_);
  return pattern && pattern->match_ignoring_case("true", Context()) == Match::yes;
}

}  // namespace weir::policy
