// The steps of diagnose_share() (share_diagnosis.h), one after the other.
//
// Threads: as the Call, which must outlive it.
#pragma once
#include <string>
#include <string_view>

#include "app/catalog/links_to.h"
#include "app/sharing/share_diagnosis.h"
#include "app/sharing/share_ties.h"

namespace weir::app {

// The question, read.
struct WalkedShare {
  std::string owner, recipient, principal;
  Subject subject;
  permissions::Privilege asked = permissions::Privilege::select;
  bool there = false;  // the resource
};

class ShareWalk {
 public:
  ShareWalk(Call& call, WalkedShare about);
  // All steps that the caller is told of.
  base::Result<std::vector<DiagnosisStep>> steps();

 private:
  bool as_owner() const;
  bool is_granted() const { return to_account_.allowed() || to_principal_.allowed(); }
  bool is_in_force() const { return account_in_force_ || principal_in_force_; }
  bool is_table() const { return about_.subject.table != nullptr; }
  const permissions::DataLakeSettings& settings_of(const std::string& account) const;
  std::string asked_on() const;  // "SELECT on table sales.orders"
  std::string grant_command(const std::string& to) const;
  std::string administrators_of(const std::string& account) const;

  void done(std::string name, std::string says);
  void not_needed(std::string name, std::string says);
  void told_by(std::string name, const std::string& account, const std::string& what);
  void missing(std::string name, std::string says, std::string who, std::string remedy);

  // share_walk.cc: what the owner does.
  bool accounts();
  bool resource();
  void version();
  void everybody();
  void grant();
  void share();
  void share_not_in_force(const ShareTie& tie);
  void without_membership(const ShareTie& tie);
  void invitation(const ShareTie& tie);
  void location();
  permissions::TableView read_view() const;
  void engines();
  std::string location_fault() const;

  // share_walk_inside.cc: what the recipient does.
  void administrator();
  bool principal();
  void passed_on();
  bool has_grant_option() const;
  std::string obstacle(const LinkTo& link, const permissions::Caller* reader) const;
  base::Status links();
  void iam();
  permissions::GateText iam_gate_for(const identity::Principal& principal, const std::string& action) const;

  Call& call_;
  WalkedShare about_;
  ShareTies ties_;
  permissions::Decision to_account_, to_principal_;  // as if every share were in force
  bool account_in_force_, principal_in_force_;
  std::vector<DiagnosisStep> steps_;
};

}  // namespace weir::app
