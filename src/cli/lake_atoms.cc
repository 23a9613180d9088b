#include "cli/lake_atoms.h"

#include "cli/lake_section.h"

namespace weir::cli::atoms {
namespace {

using base::Json;

std::string text_of(const Json& item, std::string_view member) {
  const auto* value = item.find(member);
  return value ? value->dump() : "";
}

const Json& inner(const Json& item, std::string_view member) {
  static const Json kNone;
  const auto* value = item.find(member);
  return value ? *value : kNone;
}

const Json::Array& list(const Json& item, std::string_view member) {
  static const Json::Array kNone;
  const auto* value = item.find(member);
  return value && value->as_array() ? *value->as_array() : kNone;
}

bool says_nothing(const Json& value) {
  if (value.is_null() || value == Json(false) || value == Json(0) || value == Json(0.0)) return true;
  return (value.as_array() && value.as_array()->empty()) || (value.as_object() && value.as_object()->empty());
}

// Servers answer with defaults where a request said nothing: both spell the same thing.
Json without_defaults(const Json& value) {
  if (!value.as_object()) return value;
  Json out = Json::object();
  for (const auto& [name, member] : *value.as_object())
    if (auto kept = without_defaults(member); !says_nothing(kept)) out.set(name, std::move(kept));
  return out;
}

std::string gist_of(const Json& value) { return without_defaults(value).dump(); }

std::string string_of(const Json& value) { return value.as_string() ? *value.as_string() : value.dump(); }

// "user", "group" or "role", and its name.
struct Holder {
  std::string_view kind;
  std::string name;
};

Holder holder_of(const Json& item) {
  if (auto name = item.text("UserName"); !name.empty()) return {"user", name};
  if (auto name = item.text("GroupName"); !name.empty()) return {"group", name};
  return {"role", item.text("RoleName")};
}

void add_tags(const Json& item, const Holder& holder, std::vector<Atom>& out) {
  for (const auto& tag : list(item, "Tags"))
    out.push_back({atom_id({holder.kind, holder.name, "tag", tag.text("Key")}), tag.text("Value")});
}

void add_boundary(const Json& item, const Holder& holder, std::vector<Atom>& out) {
  if (auto arn = item.text("PermissionsBoundary"); !arn.empty())
    out.push_back({atom_id({holder.kind, holder.name, "boundary"}), arn});
}

std::string partition_values(const Json& values) { return values.dump(); }

}  // namespace

std::vector<Atom> policy(const Json& item) {
  return {{atom_id({"policy-name", item.text("PolicyName")}), item.text("Path", "/")},
          {atom_id({"policy-name", item.text("PolicyName"), "document"}), item.text("PolicyDocument")}};
}

std::vector<Atom> group(const Json& item) {
  return {{atom_id({"group", item.text("GroupName")}), item.text("Path", "/")}};
}

std::vector<Atom> user(const Json& item) {
  auto holder = holder_of(item);
  std::vector<Atom> out = {{atom_id({"user", holder.name}), item.text("Path", "/")}};
  add_boundary(item, holder, out);
  add_tags(item, holder, out);
  return out;
}

std::vector<Atom> role(const Json& item) {
  auto holder = holder_of(item);
  std::vector<Atom> out = {
      {atom_id({"role", holder.name}), item.text("Path", "/")},
      {atom_id({"role", holder.name, "trust"}), item.text("AssumeRolePolicyDocument")},
      {atom_id({"role", holder.name, "rest"}),
       item.text("Description") + kBetween + std::to_string(item.number("MaxSessionDuration", 3600))}};
  add_boundary(item, holder, out);
  add_tags(item, holder, out);
  return out;
}

std::vector<Atom> group_member(const Json& item) {
  return {{atom_id({"member", item.text("GroupName"), item.text("UserName")}), ""}};
}

std::vector<Atom> inline_policy(const Json& item) {
  auto holder = holder_of(item);
  return {{atom_id({holder.kind, holder.name, "inline", item.text("PolicyName")}), item.text("PolicyDocument")}};
}

std::vector<Atom> attachment(const Json& item) {
  auto holder = holder_of(item);
  return {{atom_id({holder.kind, holder.name, "attached", item.text("PolicyArn")}), ""}};
}

std::vector<Atom> location(const Json& item) {
  return {{atom_id({"location", item.text("ResourceArn")}), gist_of(item)}};
}

std::vector<Atom> lf_tag(const Json& item) {
  std::vector<Atom> out = {{atom_id({"lf-tag-key", item.text("TagKey")}), ""}};
  for (const auto& value : list(item, "TagValues"))
    out.push_back({atom_id({"lf-tag", item.text("TagKey"), string_of(value)}), ""});
  return out;
}

std::vector<Atom> lf_tag_expression(const Json& item) {
  return {{atom_id({"lf-tag-expression", item.text("Name")}), gist_of(item)}};
}

std::vector<Atom> database(const Json& item) {
  auto name = inner(item, "DatabaseInput").text("Name");
  std::vector<Atom> out = {{atom_id({"database", name}), gist_of(inner(item, "DatabaseInput"))}};
  if (const auto* tags = inner(item, "Tags").as_object())
    for (const auto& [key, value] : *tags) out.push_back({atom_id({"database", name, "tag", key}), string_of(value)});
  return out;
}

std::vector<Atom> table(const Json& item) {
  auto database = item.text("DatabaseName");
  auto name = inner(item, "TableInput").text("Name");
  std::vector<Atom> out = {{atom_id({"table", database, name}), gist_of(inner(item, "TableInput"))}};
  for (const auto& index : list(item, "PartitionIndexes"))
    out.push_back({atom_id({"table", database, name, "index", index.text("IndexName")}), text_of(index, "Keys")});
  return out;
}

std::vector<Atom> partition(const Json& item) {
  const auto& input = inner(item, "PartitionInput");
  return {{atom_id({"partition", item.text("DatabaseName"), item.text("TableName"),
                    partition_values(inner(input, "Values"))}),
           gist_of(input)}};
}

std::vector<Atom> statistics(const Json& item) {
  std::vector<Atom> out;
  for (const auto& column : list(item, "ColumnStatisticsList"))
    out.push_back({atom_id({"statistics", item.text("DatabaseName"), item.text("TableName"),
                            partition_values(inner(item, "PartitionValues")), column.text("ColumnName")}),
                   column.dump()});
  return out;
}

std::vector<Atom> function(const Json& item) {
  return {{atom_id({"function", item.text("DatabaseName"), inner(item, "FunctionInput").text("FunctionName")}),
           gist_of(inner(item, "FunctionInput"))}};
}

std::vector<Atom> filter(const Json& item) {
  const auto& data = inner(item, "TableData");
  return {{atom_id({"filter", data.text("DatabaseName"), data.text("TableName"), data.text("Name")}), gist_of(data)}};
}

std::vector<Atom> assignment(const Json& item) {
  std::vector<Atom> out;
  for (const auto& tag : list(item, "LFTags"))
    out.push_back({atom_id({"assigned", text_of(item, "Resource"), tag.text("TagKey")}), text_of(tag, "TagValues")});
  return out;
}

std::vector<Atom> grant(const Json& item) {
  std::vector<Atom> out;
  auto add = [&](std::string_view member) {
    for (const auto& permission : list(item, member))
      out.push_back({atom_id({"grant", text_of(item, "Principal"), text_of(item, "Resource"),
                              text_of(item, "Condition"), member, string_of(permission)}),
                     ""});
  };
  add("Permissions");
  add("PermissionsWithGrantOption");
  return out;
}

std::vector<Atom> opt_in(const Json& item) {
  return {{atom_id({"opt-in", text_of(item, "Principal"), text_of(item, "Resource"), text_of(item, "Condition")}), ""}};
}

std::vector<Atom> settings(const Json& item) {
  return {{atom_id({"settings"}), gist_of(inner(item, "DataLakeSettings"))}};
}

}  // namespace weir::cli::atoms
