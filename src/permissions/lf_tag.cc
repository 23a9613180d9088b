#include "permissions/lf_tag.h"

#include <algorithm>

#include "base/text.h"

namespace weir::permissions {
namespace {

using base::Result;

// Letters of any script, digits, blanks and these (lakeformation.md 1.2).
constexpr std::string_view kMarks = "_.:/=+-@% ";

bool is_tag_character(char c, std::string_view marks) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || marks.find(c) != std::string_view::npos;
}

Result<std::string> checked(std::string_view text, size_t length_max, std::string_view noun, std::string_view marks) {
  auto refuse = [&](const std::string& why) {
    return base::invalid("The " + std::string(noun) + " " + why, std::string(noun));
  };
  if (!base::is_valid_utf8(text)) return refuse("is not UTF-8.");
  if (base::utf8_length(text) > length_max)
    return refuse("is longer than " + std::to_string(length_max) + " characters.");
  if (!std::all_of(text.begin(), text.end(), [&](char c) { return is_tag_character(c, marks); }))
    return refuse("may have letters, digits, blanks and " + std::string(base::trim(marks)) + " only.");
  return base::to_lower(text);
}

Result<TagTerm> checked(TagTerm term) {
  WEIR_TRY(term.key, tag_key(term.key));
  if (term.values.empty()) return base::invalid("The LF-Tag " + term.key + " of an expression names no values.", "tag");
  for (auto& value : term.values) {
    WEIR_TRY(value, tag_value(value));
    if (value == kAnyTagValue) return base::invalid("An LF-Tag expression names its values; * is not one.", "tag");
  }
  std::sort(term.values.begin(), term.values.end());
  term.values.erase(std::unique(term.values.begin(), term.values.end()), term.values.end());
  return term;
}

std::string encoded(const TagTerm& term) {
  std::vector<std::string> values;
  for (const auto& value : term.values) values.push_back(base::uri_encode(value));
  return base::uri_encode(term.key) + "=" + base::join(values, ",");
}

Result<TagTerm> decoded(std::string_view text) {
  auto at = text.find('=');
  if (at == text.npos) return base::internal("record: malformed LF-Tag expression");
  TagTerm term{base::uri_decode(text.substr(0, at)), {}};
  for (auto value : base::split(text.substr(at + 1), ',')) term.values.push_back(base::uri_decode(value));
  return term;
}

}  // namespace

Result<std::string> tag_key(std::string_view text) {
  if (text.empty()) return base::invalid("The LF-Tag key is missing.", "tag");
  return checked(text, kTagKeyLengthMax, "LF-Tag key", kMarks);
}

Result<std::string> tag_value(std::string_view text) {
  return checked(text, kTagValueLengthMax, "LF-Tag value", std::string(kMarks) + "*");
}

std::string TagPlace::text() const {
  auto out = database;
  for (const auto* part : {&table, &column})
    if (!part->empty()) out += "." + *part;
  return out;
}

Result<TagExpression> TagExpression::of(std::vector<TagTerm> terms) {
  if (terms.empty()) return base::invalid("An LF-Tag expression has at least one LF-Tag.", "tag");
  TagExpression out;
  for (auto& term : terms) {
    WEIR_TRY(auto one, checked(std::move(term)));
    out.terms_.push_back(std::move(one));
  }
  std::sort(out.terms_.begin(), out.terms_.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  auto twice = std::adjacent_find(out.terms_.begin(), out.terms_.end(),
                                  [](const auto& a, const auto& b) { return a.key == b.key; });
  if (twice != out.terms_.end())
    return base::invalid("The LF-Tag " + twice->key + " stands twice in the expression; list its values in one place.",
                         "tag");
  return out;
}

bool TagExpression::names(std::string_view key) const {
  return std::any_of(terms_.begin(), terms_.end(), [&](const auto& term) { return term.key == key; });
}

std::string TagExpression::text() const {
  std::vector<std::string> out;
  for (const auto& term : terms_) out.push_back(term.key + "=" + base::join(term.values, ","));
  return base::join(out, " AND ");
}

std::string TagExpression::encoded() const {
  std::vector<std::string> out;
  for (const auto& term : terms_) out.push_back(permissions::encoded(term));
  return base::join(out, ";");
}

Result<TagExpression> TagExpression::decode(std::string_view encoded) {
  std::vector<TagTerm> terms;
  for (auto part : base::split(encoded, ';')) {
    WEIR_TRY(auto term, decoded(part));
    terms.push_back(std::move(term));
  }
  return of(std::move(terms));
}

base::Json to_json(const TagExpression& expression) { return base::to_json(expression.terms()); }

base::Status from_json(const base::Json& json, TagExpression& expression) {
  std::vector<TagTerm> terms;
  WEIR_CHECK_OK(base::from_json(json, terms));
  WEIR_TRY(expression, TagExpression::of(std::move(terms)));
  return {};
}

}  // namespace weir::permissions
