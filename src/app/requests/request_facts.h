// What the catalog says about an item that is asked for, and whether its requester may know.
//
// Threads: as the transaction and the State.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "approvals/approval.h"
#include "requests/item_facts.h"

namespace weir::app {

// Of the database and the table, or of all tables there are; with LF-Tags as they come out. not_found about "item" when
// there is none.
base::Result<requests::CatalogFacts> request_facts(store::Transaction& tx, const State& state,
                                                   const std::string& account, const requests::AskedItem& item);

// The same without the tables and columns that the caller may not describe.
base::Result<requests::CatalogFacts> described_facts(const Call& call, store::Transaction& tx,
                                                     const std::string& account, const requests::AskedItem& item);

// The columns that are given with an item beside those it names: the partition keys, which come with every column, and
// those that its rows are chosen by, since whoever chooses rows by a column learns what is in it. Of a whole database
// none. not_found about "item"; invalid about "item" for rows that cannot be chosen so.
base::Result<std::vector<std::string>> columns_beside(store::Transaction& tx, const std::string& account,
                                                      const requests::AskedItem& item);
// The item, these columns asked for too.
requests::AskedItem with_columns(requests::AskedItem item, const std::vector<std::string>& names);

// An item, and each column it names, is there for who may describe it. not_found about "item" in the same words for what
// is not there and what the caller may not describe; of a table that it may describe, invalid about "item" for columns
// that are not there and for partition keys, which cannot be named.
base::Status check_describable(const Call& call, store::Transaction& tx, const std::string& account,
                               const requests::AskedItem& item);

// Approvers may choose these columns and rows of an item: invalid about "narrowed" for columns that are not there, for
// partition keys, and for rows that cannot be chosen so. Of a table that is gone nothing is said.
base::Status check_chosen(store::Transaction& tx, const std::string& account, const requests::AskedItem& item,
                          const approvals::Terms& given);

}  // namespace weir::app
