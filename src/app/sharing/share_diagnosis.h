// Where sharing a database or table with another account stands: every step that it takes, in the order they are taken,
// and of the first one that is missing who must do what (lakeformation.md 7.13).
//
// Nothing is decided here. What is granted, what is in force and what is passed on are decide()'s answers, and the state
// of a share is what sharing says of it.
//
// Invariants:
//  1. Only administrators of the data lakes of the two accounts may ask, read-only ones too, and are told what is
//     theirs. The owner's: of the other account whether it has an administrator, and whether it passed on what is asked
//     about; nothing of its links, policies and grants. The recipient's: no settings, locations or names that no share
//     leads to; what is not there and what is not shared with it are one answer.
//  2. A step is done only where something was found that does it; what could not be looked up is missing.
//
// Threads: as the Call.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

struct ShareDiagnosisRequest {
  std::string from;       // the account that owns the resource
  std::string to;         // the account it is shared with
  std::string resource;   // database or database.table
  std::string principal;  // who is to read it, in account `to`; empty: only what the accounts do is walked
};

enum class StepState {
  done,
  missing,
  optional,       // not there, and not needed
  other_account,  // the other account's to tell
};

struct DiagnosisStep {
  std::string name;
  StepState state = StepState::missing;
  std::string says;
  // Of a step that is missing: who takes it, and how.
  std::string who = {};
  std::string remedy = {};
};

struct ShareDiagnosis {
  std::string resource;
  std::vector<DiagnosisStep> steps;
  const DiagnosisStep* first_missing() const;  // null: none is
};

// invalid for what is neither database nor table, and for a principal that is not of account `to`.
base::Result<ShareDiagnosis> diagnose_share(Call& call, const ShareDiagnosisRequest& request);

}  // namespace weir::app
