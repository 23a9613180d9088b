// Rows of what was granted, and the grants of Lake Formation that they stand for: what is held, what of it a row added,
// and what may be taken away when the row ends.
//
// Rows of one principal on one resource share one grant. What of it was given by hand before, and what other rows that
// count still give, stays.
//
// Invariants:
//  1. end_row() takes nothing that was found when the row was made, and nothing that another counting row gives.
//  2. A row that has ended is never ended again.
//
// Threads: as the transaction.
#pragma once
#include "app/call.h"
#include "permissions/grant_change.h"
#include "requests/request_records.h"

namespace weir::app {

// What the principal of a row holds on its resource, by whatever share.
struct HeldRights {
  permissions::PrivilegeSet privileges, grant_option;
  permissions::ColumnSet columns, grantable;  // of a row of columns
  std::vector<std::string> shares;
  bool empty() const { return privileges.empty() && columns.is_empty(); }
};

bool is_column_row(const requests::AccessGrant& row);
permissions::ColumnSet columns_of(const requests::AccessGrant& row);
base::Result<permissions::Resource> resource_of(const requests::AccessGrant& row);
base::Result<permissions::GrantRequest> request_of(const requests::AccessGrant& row);
// Its data cells filter has the rows and columns that the row says.
base::Result<bool> has_own_filter(store::Transaction& tx, const requests::AccessGrant& row);
base::Result<HeldRights> held_rights(store::Transaction& tx, const requests::AccessGrant& row);

// What somebody gave by hand: what is held and no counting row added; and which table it is.
base::Status note_found(store::Transaction& tx, requests::AccessGrant& row);

// Whether the table is the one the row is about: one that was made anew under its name was given to nobody by it.
base::Result<bool> is_same_table(store::Transaction& tx, const requests::AccessGrant& row);

// Takes away what the row added and nobody else gives, with its resource share and its filter, and writes down the end.
// `call`: of whoever ends it; whether it may, was asked before. Granting is not asked of it: what was to end ends.
struct RowEnd {
  std::string by;
  std::string because;
};
base::Status end_row(Call& call, store::Transaction& tx, requests::AccessGrant& row, const RowEnd& end);

// What the rows that count, `row` among them or not, give together with what was found: the most that may be held.
HeldRights given_by(const std::vector<requests::AccessGrant>& rows, const requests::AccessGrant& like);

// A call of the program itself, for what it wrote down to do later. Whoever changes something by it records that.
base::Result<Call> program_call(Lake& lake, std::string service, std::string operation);

}  // namespace weir::app
