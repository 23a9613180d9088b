#include "cli/lake_import.h"

#include <algorithm>

#include "base/text.h"
#include "cli/holdable.h"
#include "cli/lake_shape.h"
#include "cli/section_progress.h"
#include "names/arn.h"
#include "permissions/principal.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr size_t kNamedInErrors = 20;

// "a, b and 3 more"
std::string some_of(const std::vector<std::string>& all) {
  std::vector<std::string> first(all.begin(),
                                 all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kNamedInErrors)));
  auto out = base::join(first, ", ");
  return all.size() > first.size() ? out + " and " + std::to_string(all.size() - first.size()) + " more" : out;
}

// "table sales.orders" of the id of an atom.
std::string in_words(const std::string& id) {
  std::string out;
  size_t part = 0;
  for (char c : id) out += c != kBetween ? c : (part++ == 0 ? ' ' : '.');
  return out;
}

std::string location_of(const Json& item) {
  const auto* resource = item.find("Resource");
  const auto* location = resource ? resource->find("DataLocation") : nullptr;
  return location ? location->text("ResourceArn") : "";
}

bool grants_are_loaded(const Section& section) { return section.name == "Permissions"; }

std::string principal_of(const Json& item) {
  const auto* principal = item.find("Principal");
  return principal ? principal->text("DataLakePrincipalIdentifier") : "";
}

class EachRow final : public LakeSink {
 public:
  explicit EachRow(LakeDocument::Visit visit) : visit_(std::move(visit)) {}
  base::Status begin(const Section&) override { return {}; }
  base::Status add(const Section&, const Json& item) override { return visit_(item); }

 private:
  LakeDocument::Visit visit_;
};

}  // namespace

base::Status LakeImport::prepare() {
  WEIR_CHECK_OK(check_account());
  WEIR_CHECK_OK(read_document());
  WEIR_CHECK_OK(read_target());
  return check_items();
}

base::Status LakeImport::check_account() const {
  if (options_.accounts.account(document_.account()) == target_.account) return {};
  return base::invalid("the document is of account " + document_.account() + " and the target is account " +
                           target_.account + ": say --map-account " + document_.account() + "=" + target_.account,
                       "account");
}

Json LakeImport::mapped(const Section& section, const Json& item) const {
  return canonical(section, options_.accounts.item(item), target_.account);
}

base::Status LakeImport::read_document() {
  for (const auto& section : sections()) {
    size_t number = 0;
    WEIR_CHECK_OK(document_.each(section, [&](const Json& item) -> base::Status {
      ++number;
      auto status = check_shape(item, section.shape());
      if (status.ok()) status = take_in(section, mapped(section, item));
      if (status.ok()) return {};
      return base::invalid(std::string(section.name) + ", item " + std::to_string(number) + " (" +
                               name_of(section, item) + "): " + status.error().says,
                           "document");
    }));
  }
  return {};
}

base::Status LakeImport::take_in(const Section& section, const Json& item) {
  auto atoms = section.atoms(item);
  if (atoms.empty()) return base::invalid("it says nothing", "document");
  for (const auto& atom : atoms)
    if (!wanted_.put(atom)) return base::invalid("it is in the document twice", "document");
  if (section.is_iam()) expect_identity(section, item);
  return {};
}

void LakeImport::expect_identity(const Section& section, const Json& item) {
  auto arn = [&](const char* kind, const char* member) {
    return "arn:aws:iam::" + target_.account + ":" + kind + item.text("Path", "/") + item.text(member);
  };
  if (section.name == "Users") known_.expect(arn("user", "UserName"));
  if (section.name == "Roles") known_.expect(arn("role", "RoleName"));
  if (section.name == "Policies") wanted_.put({atom_id({"policy", arn("policy", "PolicyName")}), ""});
}

base::Status LakeImport::read_target() {
  bool with_iam = std::any_of(sections().begin(), sections().end(),
                              [&](const Section& section) { return section.is_iam() && document_.has(section); });
  LakeReader reader(target_.api, target_.account, target_.region, {with_iam, options_.partition_statistics});
  WEIR_CHECK_OK(reader.read(there_));
  self_ = reader.reader();
  if (!with_iam) return {};
  Json request;
  return target_.api.each("iam", "ListPolicies", request.set("Scope", "All"), "Policies",
                          [&](const Json& policy) -> base::Status {
                            there_.put({atom_id({"policy", policy.text("Arn")}), ""});
                            return {};
                          });
}

base::Status LakeImport::check_items() {
  for (const auto& section : sections())
    WEIR_CHECK_OK(
        document_.each(section, [&](const Json& item) { return check_item(section, mapped(section, item)); }));
  if (!options_.skip_unknown_principals && !unknown_.empty())
    return base::not_found("the target does not have these principals: " + some_of({unknown_.begin(), unknown_.end()}) +
                               "; make them, or leave them out with --skip-unknown-principals",
                           "principal");
  if (!missing_.empty())
    return base::not_found("neither the document nor the target has what it refers to: " + some_of(missing_),
                           "document");
  return {};
}

void LakeImport::leave_out(const Section& section, const Json& item, std::string why) {
  left_out_ids_.insert(section.atoms(item).front().id);
  if (section.name == "Resources") left_out_locations_.insert(item.text("ResourceArn"));
  report_.left_out.push_back({name_of(section, item), std::move(why)});
}

base::Result<std::vector<std::string>> LakeImport::unknown_principals(const Section& section, const Json& item) {
  std::vector<std::string> out;
  for (const auto& principal : principals(section, item)) {
    WEIR_TRY(auto there, known_.exists(principal));
    if (!there) out.push_back(principal);
  }
  return out;
}

base::Status LakeImport::check_item(const Section& section, const Json& item) {
  auto why = why_not_holdable(section, item, target_.account);
  if (!why) why = why_left_out(section, item);
  if (why) return leave_out(section, item, *why), base::Status();
  WEIR_TRY(auto unknown, unknown_principals(section, item));
  unknown_.insert(unknown.begin(), unknown.end());
  if (!unknown.empty() && section.name == "Settings") {
    report_.left_out.push_back({"administrator " + base::join(unknown, ", "), "the target does not have it"});
  } else if (!unknown.empty()) {
    return leave_out(section, item, "the target does not have " + base::join(unknown, ", ")), base::Status();
  }
  for (const auto& id : references(section, item)) {
    if (wanted_.has(id) || there_.has(id)) continue;
    if (id.find(":iam::aws:policy/") != std::string::npos)
      return leave_out(section, item, "Weir does not have this policy of AWS"), base::Status();
    missing_.push_back(in_words(id) + " (" + name_of(section, item) + ")");
  }
  return {};
}

// Because of what was left out before it.
std::optional<std::string> LakeImport::why_left_out(const Section& section, const Json& item) const {
  for (const auto& id : references(section, item))
    if (left_out_ids_.contains(id)) return in_words(id) + " is left out";
  auto location = names::S3Path::parse(location_of(item));
  for (const auto& arn : left_out_locations_)
    if (auto left = names::S3Path::parse(arn); left && location && left->covers(*location))
      return "location " + arn + " is left out";
  return std::nullopt;
}

Json LakeImport::without_unknown(const Json& item) const {
  Json out = item;
  auto* settings = out.find("DataLakeSettings");
  if (!settings) return out;
  for (auto member : {"DataLakeAdmins", "ReadOnlyAdmins"})
    if (auto* list = settings->find(member); list && list->as_array())
      std::erase_if(*list->as_array(),
                    [&](const Json& admin) { return unknown_.contains(admin.text("DataLakePrincipalIdentifier")); });
  return out;
}

base::Status LakeImport::each(const Section& section, const Visit& visit) const {
  return document_.each(section, [&](const Json& item) -> base::Status {
    auto own = mapped(section, item);
    if (left_out_ids_.contains(section.atoms(own).front().id)) return {};
    return visit(without_unknown(own));
  });
}

const LakeState& LakeImport::standing_of(const Section& section) const {
  return grants_are_loaded(section) && taken_back_ ? grants_now_ : there_;
}

base::Status LakeImport::load(const Section& section) {
  Tally tally;
  SectionProgress progress;
  progress.begin(section.name);
  LakeWriter writer(target_, there_, self_);
  auto status = each(section, [&](const Json& item) -> base::Status {
    progress.step();
    switch (standing_of(section).standing(section.atoms(item))) {
      case Standing::same: return ++tally.unchanged, base::Status();
      case Standing::absent:
        if (options_.dry_run) report_.made.push_back(name_of(section, item));
        if (!options_.dry_run) WEIR_CHECK_OK(writer.make(section, item));
        return ++tally.made, base::Status();
      case Standing::differs:
        if (!options_.dry_run) WEIR_CHECK_OK(writer.change(section, item));
        report_.changed.push_back(name_of(section, item));
        return ++tally.changed, base::Status();
    }
    return base::internal("an item of no standing");
  });
  if (status.ok()) status = writer.finish(section);
  report_.sections.emplace_back(section.name, tally);
  return status;
}

base::Status LakeImport::load_all() {
  for (const auto& section : sections()) {
    if (!document_.has(section)) continue;
    if (grants_are_loaded(section)) WEIR_CHECK_OK(take_back());
    WEIR_CHECK_OK(load(section));
  }
  return {};
}

base::Status LakeImport::apply() {
  auto status = load_all();
  if (taken_back_) return status;
  auto after = take_back();
  if (status.ok()) return after;
  if (!after.ok()) {
    auto error = std::move(status).error();
    error.says += "; and what was granted to " + self_ + " meanwhile could not be taken back: " + after.error().says;
    return error;
  }
  return status;
}

base::Status LakeImport::take_back() {
  if (options_.dry_run) return {};
  LakeReader reader(target_.api, target_.account, target_.region, {});
  EachRow rows([&](const Json& row) -> base::Status {
    const auto& section = *find_section("Permissions");
    WEIR_TRY(auto taken, take_back_row(section, row));
    return taken ? base::Status() : grants_now_.add(section, row);
  });
  WEIR_CHECK_OK(reader.read_grants(rows));
  taken_back_ = true;
  return {};
}

// True when something of the row was taken away; then what it says does not hold any more.
base::Result<bool> LakeImport::take_back_row(const Section& section, const Json& row) {
  auto principal = principal_of(row);
  if (principal != self_ && principal != permissions::kIamAllowedPrincipals) return false;
  auto named = references(section, row);
  bool ours = std::any_of(named.begin(), named.end(), [&](const auto& id) { return wanted_.has(id); });
  if (!ours) return false;
  auto request = row;
  bool any = false;
  size_t next = 0;
  auto atoms = section.atoms(row);
  for (auto member : {"Permissions", "PermissionsWithGrantOption"}) {
    Json::Array surplus;
    const auto* listed = row.find(member);
    for (const auto& permission : listed && listed->as_array() ? *listed->as_array() : Json::Array()) {
      const auto& atom = atoms.at(next++);
      if (!there_.has(atom.id) && !wanted_.has(atom.id)) surplus.push_back(permission);
    }
    any = any || !surplus.empty();
    request.set(member, surplus);
  }
  if (!any) return false;
  WEIR_TRY(auto answer, target_.api.call("lakeformation", "RevokePermissions", request));
  ++report_.taken_back;
  return true;
}

}  // namespace weir::cli
