#include "cli/lake_writer.h"

#include "names/arn.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr size_t kPartitionsPerCall = 100;

// Trusts nobody: a role that another role of the document is to trust must be there first.
constexpr std::string_view kTrustsNobody =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]})";

Json object(std::initializer_list<std::pair<const char*, Json>> members) {
  Json out = Json::object();
  for (const auto& [name, value] : members) out.set(name, value);
  return out;
}

Json member(const Json& item, std::string_view name) {
  const auto* found = item.find(name);
  return found ? *found : Json();
}

Json only(const Json& item, std::initializer_list<std::string_view> names) {
  Json out = Json::object();
  for (auto name : names)
    if (const auto* value = item.find(name)) out.set(std::string(name), *value);
  return out;
}

// Answers that are no error and yet say that something was not done.
base::Status check_answer(const Json& answer) {
  for (auto list : {"Errors", "Failures"}) {
    const auto* found = answer.find(list);
    if (found && found->as_array() && !found->as_array()->empty()) {
      const auto& first = found->as_array()->front();
      const auto* detail = first.find("ErrorDetail") ? first.find("ErrorDetail") : first.find("Error");
      auto code = detail ? detail->text("ErrorCode") : "";
      auto kind = code.starts_with("AccessDenied") ? base::Kind::denied : base::Kind::invalid;
      return base::fail(kind, code + ": " + (detail ? detail->text("ErrorMessage") : first.dump()), code);
    }
  }
  return {};
}

// The operation that changes what another one makes; the same where making again is changing.
std::string_view changing(const Section& section) {
  if (section.name == "Partitions") return "UpdatePartition";
  if (section.name == "UserDefinedFunctions") return "UpdateUserDefinedFunction";
  if (section.name == "Resources") return "UpdateResource";
  if (section.name == "LFTagExpressions") return "UpdateLFTagExpression";
  if (section.name == "DataCellsFilters") return "UpdateDataCellsFilter";
  if (section.name == "Policies") return "CreatePolicyVersion";
  return section.operation;
}

Json change_request(const Section& section, const Json& item, const std::string& account) {
  if (section.name == "Partitions") {
    auto request = item;
    return request.set("PartitionValueList", member(member(item, "PartitionInput"), "Values"));
  }
  if (section.name == "UserDefinedFunctions") {
    auto request = item;
    return request.set("FunctionName", member(item, "FunctionInput").text("FunctionName"));
  }
  if (section.name == "Resources")
    return only(item,
                {"RoleArn", "ResourceArn", "WithFederation", "HybridAccessEnabled", "ExpectedResourceOwnerAccount"});
  if (section.name == "Policies") {
    auto arn = "arn:aws:iam::" + account + ":policy" + item.text("Path", "/") + item.text("PolicyName");
    return object({{"PolicyArn", arn}, {"PolicyDocument", item.text("PolicyDocument")}, {"SetAsDefault", true}});
  }
  return item;
}

base::Error named(base::Error error, const Section& section, const Json& item) {
  error.says = name_of(section, item) + ": " + (error.says.empty() ? error.log : error.says);
  return error;
}

bool same_table(const Json& a, const Json& b) {
  return a.text("DatabaseName") == b.text("DatabaseName") && a.text("TableName") == b.text("TableName");
}

Json on_database(const std::string& name) { return object({{"Database", object({{"Name", name}})}}); }

}  // namespace

base::Status LakeWriter::ask(const Section& section, std::string_view operation, const Json& request) {
  WEIR_TRY(auto answer, lake_.api.call(section.service, operation, request));
  return check_answer(answer);
}

base::Status LakeWriter::perform(const Section& section, const Json& item, std::string_view operation,
                                 const Json& request) {
  auto status = ask(section, operation, request);
  if (!status.ok() && status.error().kind == base::Kind::denied && borrow(section, item).ok())
    status = ask(section, operation, request);
  if (!status.ok()) return named(std::move(status).error(), section, item);
  return {};
}

base::Status LakeWriter::borrow(const Section& section, const Json& item) {
  if (section.name == "Databases") {
    const auto& input = member(item, "DatabaseInput");
    return borrow_on(on_database(input.text("Name")), {input.find("TargetDatabase") ? "DROP" : "ALTER"});
  }
  if (section.name == "UserDefinedFunctions" ||
      (section.name == "Tables" && !there_.has(section.atoms(item).front().id)))
    return borrow_on(on_database(item.text("DatabaseName")), {"ALTER", "CREATE_TABLE"});
  if (section.service != "glue") return base::denied("nothing to borrow");
  const auto& input = member(item, "TableInput");
  auto table =
      object({{"DatabaseName", item.text("DatabaseName")}, {"Name", item.text("TableName", input.text("Name"))}});
  if (!input.find("TargetTable")) return borrow_on(object({{"Table", table}}), {"ALTER"});
  // A resource link is changed by who could drop it and make another.
  WEIR_CHECK_OK(borrow_on(on_database(item.text("DatabaseName")), {"CREATE_TABLE"}));
  return borrow_on(object({{"Table", table}}), {"DROP"});
}

base::Status LakeWriter::borrow_on(const Json& resource, const Json::Array& permissions) {
  return ask(*find_section("Permissions"), "GrantPermissions",
             object({{"Principal", object({{"DataLakePrincipalIdentifier", self_}})},
                     {"Resource", resource},
                     {"Permissions", permissions}}));
}

base::Status LakeWriter::make(const Section& section, const Json& item) {
  if (section.name == "Partitions") return make_partition(section, item);
  if (section.name == "Roles") return make_role(section, item);
  return perform(section, item, section.operation, item);
}

base::Status LakeWriter::change(const Section& section, const Json& item) {
  if (section.name == "Databases") return change_database(section, item);
  if (section.name == "Tables") return change_table(section, item);
  if (section.name == "LFTags") return change_lf_tag(section, item);
  if (section.name == "Users" || section.name == "Roles") return change_holder(section, item);
  if (section.name == "Groups")
    return named(base::conflict("it is there under another path, and groups cannot be moved"), section, item);
  return perform(section, item, changing(section), change_request(section, item, lake_.account));
}

base::Status LakeWriter::finish(const Section& section) {
  if (section.name == "Partitions") return flush_partitions(section);
  if (section.name != "Roles") return {};
  auto trusts = std::exchange(trusts_, {});
  for (const auto& trust : trusts) WEIR_CHECK_OK(perform(section, trust, "UpdateAssumeRolePolicy", trust));
  return {};
}

base::Status LakeWriter::change_database(const Section& section, const Json& item) {
  auto input = member(item, "DatabaseInput");
  if (!there_.holds(section.atoms(item).front()))
    WEIR_CHECK_OK(
        perform(section, item, "UpdateDatabase", object({{"Name", input.text("Name")}, {"DatabaseInput", input}})));
  auto tags = member(item, "Tags");
  if (tags.is_null()) return {};
  WEIR_TRY(auto account, names::AccountId::parse(lake_.account));
  return perform(
      section, item, "TagResource",
      object({{"ResourceArn", names::database_arn(lake_.region, account, input.text("Name"))}, {"TagsToAdd", tags}}));
}

base::Status LakeWriter::change_table(const Section& section, const Json& item) {
  auto atoms = section.atoms(item);
  if (!there_.holds(atoms.front()))
    WEIR_CHECK_OK(perform(section, item, "UpdateTable", only(item, {"DatabaseName", "TableInput"})));
  for (size_t i = 1; i < atoms.size(); ++i) {
    if (there_.holds(atoms[i])) continue;
    const auto& index = (*item.find("PartitionIndexes")->as_array())[i - 1];
    WEIR_CHECK_OK(perform(section, item, "CreatePartitionIndex",
                          object({{"DatabaseName", item.text("DatabaseName")},
                                  {"TableName", member(item, "TableInput").text("Name")},
                                  {"PartitionIndex", index}})));
  }
  return {};
}

base::Status LakeWriter::change_lf_tag(const Section& section, const Json& item) {
  Json::Array missing;
  auto key = item.text("TagKey");
  for (const auto& value : *item.find("TagValues")->as_array())
    if (!there_.has(atom_id({"lf-tag", key, *value.as_string()}))) missing.push_back(value);
  return perform(section, item, "UpdateLFTag", object({{"TagKey", key}, {"TagValuesToAdd", missing}}));
}

base::Status LakeWriter::make_role(const Section& section, const Json& item) {
  auto request = item;
  trusts_.push_back(
      object({{"RoleName", item.text("RoleName")}, {"PolicyDocument", item.text("AssumeRolePolicyDocument")}}));
  return perform(section, item, "CreateRole", request.set("AssumeRolePolicyDocument", kTrustsNobody));
}

base::Status LakeWriter::change_holder(const Section& section, const Json& item) {
  bool role = section.name == "Roles";
  const auto* noun = role ? "Role" : "User";
  auto name = only(item, {"RoleName", "UserName"});
  const auto& own_name = name.as_object()->front().second;
  auto lower = std::string(role ? "role" : "user");
  if (!there_.holds(section.atoms(item).front()))
    return named(base::conflict("it is there under another path"), section, item);
  for (const auto& atom : section.atoms(item)) {
    if (there_.holds(atom)) continue;
    auto request = name;
    auto is = [&](const char* part) { return atom.id == atom_id({lower, *own_name.as_string(), part}); };
    if (is("trust"))
      trusts_.push_back(request.set("PolicyDocument", atom.value));
    else if (is("rest"))
      WEIR_CHECK_OK(
          perform(section, item, "UpdateRole", only(item, {"RoleName", "Description", "MaxSessionDuration"})));
    else if (is("boundary"))
      WEIR_CHECK_OK(perform(section, item, std::string("Put") + noun + "PermissionsBoundary",
                            request.set("PermissionsBoundary", atom.value)));
    else
      WEIR_CHECK_OK(perform(section, item, std::string("Tag") + noun, request.set("Tags", member(item, "Tags"))));
  }
  return {};
}

base::Status LakeWriter::make_partition(const Section& section, const Json& item) {
  if (!partitions_.empty() && (partitions_.size() == kPartitionsPerCall || !same_table(partitions_.front(), item)))
    WEIR_CHECK_OK(flush_partitions(section));
  partitions_.push_back(item);
  return {};
}

base::Status LakeWriter::flush_partitions(const Section& section) {
  auto partitions = std::exchange(partitions_, {});
  if (partitions.empty()) return {};
  Json::Array inputs;
  for (const auto& item : partitions) inputs.push_back(member(item, "PartitionInput"));
  const auto& first = partitions.front();
  auto status = perform(section, first, "BatchCreatePartition",
                        only(first, {"DatabaseName", "TableName"}).set("PartitionInputList", inputs));
  if (status.ok() || partitions.size() == 1) return status;
  // Which one it was shows when each is made alone; those that the batch did make are there already.
  for (const auto& item : partitions) {
    auto one = perform(section, item, section.operation, item);
    if (!one.ok() && !one.error().about.starts_with("AlreadyExists")) return one;
  }
  return {};
}

}  // namespace weir::cli
