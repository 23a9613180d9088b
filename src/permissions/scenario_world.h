// A small world in which scenarios happen: a store, the snapshot that follows it, and tables with rows.
// Every question is put to the snapshot that followed the commits and to one freshly loaded; they must
// give the same answer. For tests only.
#pragma once
#include <algorithm>
#include <map>
#include <string>

#include "permissions/can_grant.h"
#include "permissions/grant_change.h"
#include "permissions/records.h"
#include "permissions/scenario_words.h"
#include "permissions/snapshot.h"
#include "permissions/tag_records.h"
#include "permissions/visibility.h"
#include "store/memory_store.h"

namespace weir::permissions::scenario {

struct TestTable {
  TableFacts facts;
  std::vector<std::vector<std::string>> rows;
};

class World {
 public:
  World() {
    store_.watch(account_prefix(kAccount), [this](std::span<const store::Change> changes) {
      for (const auto& change : changes)
        if (!snapshot_.apply(change.key, change.value).ok()) followed_ = false;
    });
    followed_ = settings({principal("role/admin")}, {}).ok() && followed_;
  }

  base::Status settings(std::vector<std::string> admins, std::vector<std::string> readers) {
    DataLakeSettings next = snapshot_.settings();
    if (!admins.empty()) next.admins = std::move(admins);
    if (!readers.empty()) next.read_only_admins = std::move(readers);
    WEIR_TRY(auto judged, checked(next, snapshot_.settings()));
    return write([&](auto& tx) { return put_settings(tx, kAccount, judged); });
  }

  TestTable& table(const std::string& name) { return tables_[name]; }
  // As when a table is changed: columns that it no longer has lose their LF-Tags.
  base::Status set_table(const std::string& name, TestTable next) {
    std::vector<std::string> gone;
    for (const auto& column : tables_[name].facts.columns)
      if (!next.facts.find(column.name)) gone.push_back(column.name);
    tables_[name] = std::move(next);
    WEIR_TRY(auto resource, object(name));
    return write([&](auto& tx) { return forget_columns(tx, resource, gone); });
  }
  const std::map<std::string, TestTable>& tables() const { return tables_; }

  base::Status drop_table(const std::string& name) {
    tables_.erase(name);
    WEIR_TRY(auto resource, object(name));
    return write([&](auto& tx) { return forget(tx, resource); });
  }

  base::Status put(const FilterInput& input) {
    WEIR_TRY(auto filter, make_filter(input, tables_[input.database + "." + input.table].facts, "v1"));
    return write([&](auto& tx) { return put_filter(tx, filter); });
  }
  base::Status drop(const Resource& filter) {
    return write([&](auto& tx) { return erase_filter(tx, filter); });
  }
  // `privileged_by`: empty when nobody is.
  base::Status register_place(const std::string& url, bool hybrid = false, const std::string& privileged_by = {}) {
    WEIR_TRY(auto path, names::S3Path::parse(url));
    Location location;
    location.hybrid_access = hybrid;
    location.with_privileged_access = !privileged_by.empty();
    location.registered_by = privileged_by.empty() ? principal("role/admin") : principal(privileged_by);
    location.resource_arn = "arn:aws:s3:::" + path.bucket + (path.key.empty() ? "" : "/" + path.key);
    location.role_arn = principal("role/lake");
    WEIR_CHECK_OK(check(location));
    return write([&](auto& tx) { return put_location(tx, kAccount, location); });
  }

  // No values: the tag goes.
  base::Status tag(const std::string& key, const std::vector<std::string>& values) {
    if (values.empty()) return write([&](auto& tx) { return erase_tag(tx, kAccount, key); });
    return write([&](auto& tx) { return put_tag(tx, kAccount, {key, values, principal("role/admin"), {}}); });
  }
  base::Status assign(const TagPlace& place, const std::string& key, const std::string& value) {
    const auto* defined = snapshot_.tags().tag(key);
    if (!defined) return base::not_found("Tag key " + key + " does not exist.");
    if (!snapshot_.tags().defines(key, value)) return base::not_found("Tag value " + value + " does not exist.");
    return write([&](auto& tx) { return put_assignment(tx, place, {key, value, {}, principal("role/admin")}); });
  }
  base::Status unassign(const TagPlace& place, const std::string& key) {
    return write([&](auto& tx) { return erase_assignment(tx, place, key); });
  }
  base::Status save(const std::string& name, TagExpression expression) {
    return write([&](auto& tx) {
      return put_expression(tx, kAccount, {name, "", std::move(expression), principal("role/admin"), {}});
    });
  }
  base::Status drop_expression(const std::string& name) {
    return write([&](auto& tx) { return erase_expression(tx, kAccount, name); });
  }
  base::Status opt(bool in, const std::string& who, const Resource& resource, const std::string& condition) {
    WEIR_TRY(auto parsed, Principal::parse(principal(who)));
    WEIR_TRY(auto checked, checked_condition(parsed, condition));
    OptIn opt_in{parsed.text(), resource, checked, {}, {}};
    return write([&](auto& tx) { return in ? put_opt_in(tx, opt_in) : erase_opt_in(tx, opt_in); });
  }

  base::Status change(bool grant, const GrantRequest& request, const std::string& by) {
    auto verdict = can_grant({caller(by), request.resource, request.privileges | request.grant_option}, snapshot_);
    if (!verdict.allowed()) return base::denied(verdict.says);
    return write([&](store::Transaction& tx) -> base::Status {
      GrantFacts facts;
      WEIR_TRY(facts.held, grants_around(tx, request.principal.text(), request.resource, request.condition));
      if (request.resource.concerns_table()) facts.table = facts_of(request.resource);
      facts.grantee_is_admin = snapshot_.settings().is_admin(request.principal.text());
      facts.by = principal(by);
      WEIR_TRY(auto plan, grant ? plan_grant(request, facts) : plan_revoke(request, facts));
      for (const auto& one : plan.put) WEIR_CHECK_OK(put_grant(tx, one));
      for (const auto& one : plan.erase) WEIR_CHECK_OK(erase_grant(tx, one));
      return {};
    });
  }

  Decision ask(const std::string& who, Privilege asked, const Resource& resource) {
    Question question{caller(who), asked, resource, nullptr};
    if (resource.kind == ResourceKind::table) question.table = facts_of(resource);
    return decide(question, snapshot_);
  }
  Decision ask_afresh(const std::string& who, Privilege asked, const Resource& resource) {
    auto tx = store_.begin(store::Mode::read).value();
    auto loaded = load_snapshot(*tx, kAccount).value();
    std::swap(loaded, snapshot_);
    auto decision = ask(who, asked, resource);
    std::swap(loaded, snapshot_);
    return decision;
  }

  static Caller caller(const std::string& who) {
    auto names = who;
    Caller out{kAccount, {}, take_tags(names)};
    for (const auto& word : words(names, '+')) out.principals.push_back(principal(word));
    if (who.starts_with("role/") || who.starts_with("user/"))
      out.principals.push_back(account_iam_principals(kAccount));
    return out;
  }

  const Snapshot& snapshot() const { return snapshot_; }
  bool followed() const { return followed_; }

 private:
  const TableFacts* facts_of(const Resource& resource) {
    auto found = tables_.find(resource.database + "." + resource.table);
    return found == tables_.end() ? nullptr : &found->second.facts;
  }
  base::Status write(const std::function<base::Status(store::Transaction&)>& body) {
    return store::write(store_, body);
  }

  store::MemoryStore store_;
  Snapshot snapshot_{kAccount};
  std::map<std::string, TestTable> tables_;
  bool followed_ = true;
};

}  // namespace weir::permissions::scenario
