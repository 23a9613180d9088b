#include "app/explain/lineage_walk.h"

#include <algorithm>
#include <set>

#include "app/explain/asked_principal.h"
#include "base/text.h"
#include "catalog/databases.h"
#include "permissions/principal.h"
#include "permissions/tag_records.h"
#include "requests/request_records.h"

namespace weir::app {
namespace {

using permissions::Grant;
using permissions::Resource;
using permissions::ResourceKind;

constexpr size_t kAtOnce = 512;

bool carries(const permissions::TagExpression& expression, const std::vector<permissions::EffectiveTag>& tags) {
  return !expression.empty() && std::ranges::all_of(expression.terms(), [&](const auto& term) {
    return std::ranges::any_of(tags, [&](const auto& tag) {
      return tag.key == term.key && std::ranges::find(term.values, tag.value) != term.values.end();
    });
  });
}

bool is_root(std::string_view principal) { return principal.ends_with(":root"); }

class Walk {
 public:
  Walk(const Call& call, store::Transaction& tx, const Subject& subject, bool administers)
      : call_(call),
        tx_(tx),
        subject_(subject),
        owner_(subject.resource.catalog),
        own_(call.caller().account()),
        administers_(administers) {}

  base::Status walk_back(const std::string& principal, const permissions::Caller& caller) {
    seen_.insert(principal);
    if (names_administrator(principal)) add_administrator(principal);
    received_ = caller.received;
    for (const auto& name : names_of(caller)) WEIR_CHECK_OK(add_grants(name));
    while (administers_ && !waiting_.empty()) {
      auto next = std::move(waiting_.back());
      waiting_.pop_back();
      WEIR_CHECK_OK(walk_giver(next));
    }
    if (!waiting_.empty()) out_.complete = false;
    return {};
  }

  GrantLineage take() { return std::move(out_); }

 private:
  bool is_own() const { return owner_ == own_; }

  // Whoever gave something had it, administers, or is gone.
  base::Status walk_giver(const std::string& giver) {
    if (names_administrator(giver) || is_root(giver)) return add_administrator(giver), base::Status();
    const auto caller = asked_principal(call_, owner_, giver);
    received_ = caller.received;
    for (const auto& name : names_of(caller)) WEIR_CHECK_OK(add_grants(name));
    return {};
  }

  // As which it holds what it holds; of another account's resource also what stands for the own account.
  std::vector<std::string> names_of(const permissions::Caller& caller) const {
    auto out = caller.principals;
    if (is_own()) out.emplace_back(permissions::kIamAllowedPrincipals);
    if (caller.account != owner_) {
      out.push_back(caller.account);
      out.insert(out.end(), caller.received.as.begin(), caller.received.as.end());
    }
    return out;
  }

  bool names_administrator(const std::string& principal) const {
    return call_.state().permissions(own_).settings().is_admin(principal);
  }

  void add_administrator(const std::string& principal) {
    if (told_.insert("administrator " + principal).second)
      add({.kind = LineageKind::administrator, .from = own_, .to = principal, .on = subject_.resource.text()});
  }

  void add(LineageLink link) {
    if (out_.links.size() == kLineageLinksMax) return void(out_.complete = false);
    out_.links.push_back(std::move(link));
  }

  // What was granted to that name: by the owner, and inside the caller's account.
  base::Status add_grants(const std::string& name) {
    if (!told_.insert("grants " + name).second) return {};
    for (const auto& home : std::set{owner_, own_}) {
      permissions::GrantScope scope;
      scope.principal = name;
      size_t looked_at = 0;
      for (std::string token;;) {
        WEIR_TRY(auto page, permissions::list_grants(tx_, home, scope, token, kAtOnce));
        for (const auto& grant : page.items) WEIR_CHECK_OK(add_grant(grant));
        looked_at += page.items.size();
        if (looked_at >= kLineageGrantsMax && !page.next.empty()) out_.complete = false;
        if (page.next.empty() || looked_at >= kLineageGrantsMax) break;
        token = page.next;
      }
    }
    return {};
  }

  base::Status add_grant(const Grant& grant) {
    if (grant.resource.catalog != owner_) return {};
    WEIR_TRY(bool about, is_about(grant.resource));
    if (!about || !is_in_force(grant)) return {};
    LineageLink link{.to = grant.principal, .on = grant.resource.text(), .privileges = grant.privileges};
    link.grantable = grant.grant_option;
    link.condition = grant.condition;
    WEIR_CHECK_OK(tell_how(grant, link));
    bool shared_here = link.kind == LineageKind::share && grant.home() == own_;
    add(std::move(link));
    return shared_here ? add_request(grant) : base::Status();
  }

  // What went into a share for a request has both.
  base::Status add_request(const Grant& grant) {
    WEIR_TRY(auto request, request_of(grant));
    if (request.empty()) return {};
    LineageLink link{.kind = LineageKind::request, .to = grant.principal, .on = grant.resource.text()};
    link.id = std::move(request);
    link.from = link.by = grant.last_updated_by;
    link.at = grant.last_updated;
    add(std::move(link));
    return {};
  }

  // The request for which it was granted; empty: for none.
  base::Result<std::string> request_of(const Grant& grant) {
    const auto& table = grant.resource.table;
    WEIR_TRY(auto rows, requests::GrantRecords(tx_).counting(owner_, subject_.resource.database, grant.principal));
    for (const auto& row : rows)
      if (row.granted_by == grant.last_updated_by && row.table == (table.empty() ? requests::kEveryTable : table))
        return row.request;
    return std::string();
  }

  // Of another account's grants those by shares that were joined: what is not joined gave nothing, and what goes by no
  // share is between that account and its own.
  bool is_in_force(const Grant& grant) const {
    if (is_own() || (grant.share.empty() && grant.home() == own_)) return true;
    auto has = [&](const auto& shares) { return std::ranges::find(shares, grant.share) != shares.end(); };
    return !grant.share.empty() && (has(received_.shares) || has(received_.own_shares));
  }

  base::Status tell_how(const Grant& grant, LineageLink& link) {
    if (!grant.share.empty()) link.kind = LineageKind::share, link.id = grant.share;
    if (grant.home() != own_) return link.from = owner_, base::Status();
    link.by = grant.last_updated_by;
    link.at = grant.last_updated;
    link.from = link.by.empty() ? own_ : link.by;
    if (grant.share.empty()) WEIR_CHECK_OK(tell_ground(grant, link));
    if (link.kind == LineageKind::creator) return link.from = own_, base::Status();
    if (!link.by.empty() && seen_.insert(link.by).second) waiting_.push_back(link.by);
    return {};
  }

  base::Status tell_ground(const Grant& grant, LineageLink& link) {
    if (grant.resource.kind == ResourceKind::lf_tag_policy) {
      link.kind = LineageKind::lf_tag;
      link.id =
          grant.resource.expression_name.empty() ? grant.resource.expression.text() : grant.resource.expression_name;
      return {};
    }
    WEIR_TRY(bool by_making, came_by_making(grant));
    if (by_making) return link.kind = LineageKind::creator, base::Status();
    // Who grants itself what it has writes over who gave it.
    if (grant.last_updated_by == grant.principal && !names_administrator(grant.principal)) out_.complete = false;
    WEIR_TRY(link.id, request_of(grant));
    if (!link.id.empty()) link.kind = LineageKind::request;
    return {};
  }

  // Who makes a thing is granted all of it by itself, in the moment of making. Later it may grant itself what it has.
  base::Result<bool> came_by_making(const Grant& grant) {
    if (grant.last_updated_by != grant.principal) return false;
    if (grant.resource.kind == ResourceKind::table) {
      const auto& table = subject_.table;
      return table && table->create_time == grant.last_updated;
    }
    if (grant.resource.kind != ResourceKind::database) return false;
    WEIR_TRY(auto database, catalog::Databases(tx_).find(owner_, grant.resource.database));
    return database && database->create_time == grant.last_updated;
  }

  base::Result<bool> is_about(const Resource& held) const {
    const auto& asked = subject_.resource;
    bool is_table = asked.kind == ResourceKind::table;
    switch (held.kind) {
      case ResourceKind::database: return !is_table && held.database == asked.database;
      case ResourceKind::all_tables: return is_table && held.database == asked.database;
      case ResourceKind::table:
      case ResourceKind::columns:
      case ResourceKind::data_cells_filter:
        return is_table && held.database == asked.database && held.table == asked.table;
      case ResourceKind::lf_tag_policy: return matches(held);
      case ResourceKind::catalog:
      case ResourceKind::data_location:
      case ResourceKind::nested_catalog:
      case ResourceKind::lf_tag:
      case ResourceKind::lf_tag_expression: break;
    }
    return false;
  }

  // The table as a whole, or a column of it.
  base::Result<bool> matches(const Resource& policy) const {
    const auto& asked = subject_.resource;
    if ((policy.policy_on == permissions::PolicyTarget::tables) != (asked.kind == ResourceKind::table)) return false;
    auto expression = policy.expression;
    if (!policy.expression_name.empty()) {
      WEIR_TRY(auto saved, permissions::get_expression(tx_, owner_, policy.expression_name));
      if (saved) expression = saved->expression;
    }
    const auto& snapshot = call_.state().permissions(owner_);
    if (carries(expression, snapshot.tags_at(asked.database, asked.table))) return true;
    return std::ranges::any_of(subject_.facts.columns, [&](const auto& column) {
      return carries(expression, snapshot.tags_at(asked.database, asked.table, base::to_lower(column.name)));
    });
  }

  const Call& call_;
  store::Transaction& tx_;
  const Subject& subject_;
  const std::string& owner_;
  const std::string& own_;
  const bool administers_;
  permissions::Received received_;  // of whose grants are being looked at
  std::set<std::string> seen_;      // whose grants were, or will be, looked at
  std::set<std::string> told_;
  std::vector<std::string> waiting_;
  GrantLineage out_;
};

}  // namespace

base::Result<GrantLineage> walk_back(const Call& call, const Subject& subject, const std::string& principal,
                                     const permissions::Caller& caller, bool administers) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  Walk walk(call, *tx, subject, administers);
  WEIR_CHECK_OK(walk.walk_back(principal, caller));
  return walk.take();
}

}  // namespace weir::app
