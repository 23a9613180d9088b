// What an account sees of a table that another account shares with it, and so what it may choose rows by.
//
// A filter that the account made while it saw a column must not go on choosing rows by it when the owner narrows the
// share: which rows come back would tell what the column holds. Rows chosen by a filter of the owner's that came to the
// account are the owner's word.
//
// Invariant: what is not seen whole, and in every row that the account sees, chooses nothing.
#pragma once
#include <string>

#include "permissions/gathering.h"

namespace weir::permissions {

class AccountSight {
 public:
  // `account`: what stands for it, by shares in force. `view`: what they show it of the table, the owner's filters
  // among it. All outlive this.
  AccountSight(const KnownPrincipals& account, const TableView& view, const Snapshot& snapshot)
      : account_(account), view_(view), snapshot_(snapshot) {}

  // Why a filter on the table may not choose these rows inside the account; empty: it may. Names no column that the
  // account did not name itself.
  std::string objection(const CompiledFilter& filter, ObjectId table, const catalog::PredicatePtr& rows) const;

 private:
  bool came(const DataCellsFilter& filter, ObjectId table) const;
  bool sees(const ColumnPath& path) const;

  const KnownPrincipals& account_;
  const TableView& view_;
  const Snapshot& snapshot_;
};

}  // namespace weir::permissions
