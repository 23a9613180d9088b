// `weir mesh`: the data-sharing workflow set up between accounts, and taken down again.
//
//  1. Deploying twice is deploying once: what is there is said to be there; what was changed is set again, but for the
//     definition of the state machine, which is the administrator's to replace.
//  2. Cleaning removes what bears the mark of deploying (mesh_mark.h) and nothing else; what it leaves, it names.
//  3. Everything is done with the credentials of the profile, which must be those of the account that is meant.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/profile.h"

namespace weir::cli {

struct CentralFlags {
  ProfileFlags profile;
  std::string template_name = "sample-compatible";
  std::string outputs = "cfn-output.json";
  std::vector<std::string> producers;  // accounts whose people may be asked; they add to those of earlier runs
  std::vector<std::string> databases;  // what the workflow may share
  bool replace_definition = false;
};
base::Status run_deploy_central(const CentralFlags& flags);

struct CleanCentralFlags {
  ProfileFlags profile;
  std::string outputs = "cfn-output.json";
  bool stop_executions = false;
  bool changed_definition = false;
};
// Whether nothing was left.
base::Result<bool> run_clean_central(const CleanCentralFlags& flags);

struct ProducerFlags {
  ProfileFlags profile;
  std::string account;
  std::string central;
  std::vector<std::string> emails;
  std::vector<std::string> notifiers;  // names of roles of the central account that may publish
};
base::Status run_deploy_producer(const ProducerFlags& flags);
base::Result<bool> run_clean_producer(const ProducerFlags& flags);

struct UiFlags {
  ProfileFlags profile;
  std::string role;                     // one that is there already; empty: one of our own is made
  std::vector<std::string> principals;  // who may take the one of our own
  std::vector<std::string> databases;   // what it shows
};
base::Status run_deploy_ui(const UiFlags& flags);
base::Result<bool> run_clean_ui(const UiFlags& flags);

}  // namespace weir::cli
