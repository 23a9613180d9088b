#include "catalog/column_type.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace weir::catalog {
namespace {

struct NamedFamily {
  std::string_view name;
  TypeFamily family;
};
constexpr std::array kFamilies{
    NamedFamily{"string", TypeFamily::text},         NamedFamily{"char", TypeFamily::text},
    NamedFamily{"varchar", TypeFamily::text},        NamedFamily{"tinyint", TypeFamily::integer},
    NamedFamily{"smallint", TypeFamily::integer},    NamedFamily{"int", TypeFamily::integer},
    NamedFamily{"integer", TypeFamily::integer},     NamedFamily{"long", TypeFamily::integer},
    NamedFamily{"bigint", TypeFamily::integer},      NamedFamily{"decimal", TypeFamily::decimal},
    NamedFamily{"float", TypeFamily::floating},      NamedFamily{"double", TypeFamily::floating},
    NamedFamily{"boolean", TypeFamily::boolean},     NamedFamily{"date", TypeFamily::date},
    NamedFamily{"timestamp", TypeFamily::timestamp},
};

// The length of the leading piece of `text` that ends at `mark` outside any brackets.
size_t piece_length(std::string_view text, char mark) {
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '<' || c == '(') ++depth;
    if (c == '>' || c == ')') --depth;
    if (c == mark && depth == 0) return i;
  }
  return text.size();
}

// What stands between struct< and its >, nothing for other types.
std::optional<std::string_view> inside_of_struct(std::string_view type) {
  type = base::trim(type);
  if (type_name(type) != "struct" || !type.ends_with('>')) return std::nullopt;
  auto open = type.find('<');
  if (open == std::string_view::npos) return std::nullopt;
  return type.substr(open + 1, type.size() - open - 2);
}

std::optional<StructField> field_in(std::string_view piece) {
  auto colon = piece.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  StructField field{std::string(base::trim(piece.substr(0, colon))), std::string(base::trim(piece.substr(colon + 1)))};
  if (field.name.empty() || field.type.empty()) return std::nullopt;
  return field;
}

}  // namespace

std::string type_name(std::string_view hive_type) {
  return base::to_lower(base::trim(hive_type.substr(0, hive_type.find_first_of("(<"))));
}

TypeFamily family_of(std::string_view hive_type) {
  auto name = type_name(hive_type);
  auto found = std::find_if(kFamilies.begin(), kFamilies.end(), [&](auto& known) { return known.name == name; });
  return found == kFamilies.end() ? TypeFamily::unsupported : found->family;
}

std::optional<std::vector<StructField>> fields_of(std::string_view struct_type) {
  auto inside = inside_of_struct(struct_type);
  if (!inside) return std::nullopt;
  std::vector<StructField> fields;
  for (auto rest = *inside; !rest.empty();) {
    auto piece = rest.substr(0, piece_length(rest, ','));
    rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
    auto field = field_in(piece);
    if (!field) return std::nullopt;
    fields.push_back(std::move(*field));
  }
  return fields;
}

std::optional<StructField> field_of(std::string_view struct_type, std::string_view field_name) {
  auto fields = fields_of(struct_type);
  if (!fields) return std::nullopt;
  std::optional<StructField> otherwise;
  for (auto& field : *fields) {
    if (field.name == field_name) return std::move(field);
    if (!otherwise && base::equal_ignoring_case(field.name, field_name)) otherwise = std::move(field);
  }
  return otherwise;
}

}  // namespace weir::catalog
