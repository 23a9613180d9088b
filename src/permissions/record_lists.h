// Reading, counting and paging records: what records.cc and tag_records.cc share.
//
// A noun may have an index by resource beside it: NOUN PRINCIPAL RESOURCE CONDITION is the record, and NOUN_on RESOURCE
// PRINCIPAL CONDITION, with an empty value, leads to it. Both may go on with more parts, the same.
#pragma once
#include "permissions/records.h"
#include "store/key.h"
#include "store/record_access.h"

namespace weir::permissions {

std::string noun_prefix(std::string_view account, std::string_view noun);

base::Status bump_revision(store::Transaction& tx, std::string_view account);

base::Result<std::vector<store::Entry>> scan_all(store::Transaction& tx, const std::string& prefix);
base::Status erase_under(store::Transaction& tx, const std::string& prefix);

// A page of the prefixes, one after another. The token is the last key shown; the next page starts right after it.
base::Result<Page<store::Entry>> scan_page(store::Transaction& tx, const std::vector<std::string>& prefixes,
                                           std::string_view token, size_t limit);

template <class T>
base::Result<Page<T>> decode_page(const Page<store::Entry>& entries) {
  Page<T> page;
  page.next = entries.next;
  for (const auto& entry : entries.items) {
    WEIR_TRY(auto record, base::decode_record<T>(entry.value));
    page.items.push_back(std::move(record));
  }
  return page;
}
template <class T>
base::Result<Page<T>> list_records(store::Transaction& tx, const std::vector<std::string>& prefixes,
                                   std::string_view token, size_t limit) {
  WEIR_TRY(auto entries, scan_page(tx, prefixes, token, limit));
  return decode_page<T>(entries);
}

// --- the index by resource
std::string index_key(std::string_view account, std::string_view noun, std::string_view resource_key,
                      std::string_view principal, std::string_view condition);
// Of every record on the resource, whoever holds it.
std::string index_prefix(std::string_view account, std::string_view noun, const Resource& resource);
// Of every record on what lies in the database or table, as resources of `kind`.
std::string index_prefix_inside(std::string_view account, std::string_view noun, const Resource& container,
                                ResourceKind kind);
// The keys of the records that the index entries lead to.
base::Result<std::vector<std::string>> keys_behind(std::string_view account, std::string_view noun,
                                                   const std::vector<store::Entry>& index);
// The index entries and their records.
base::Status erase_indexed(store::Transaction& tx, std::string_view account, std::string_view noun,
                           const std::string& prefix);
// The same, of index entries that were read.
base::Status erase_behind(store::Transaction& tx, std::string_view account, std::string_view noun,
                          const std::vector<store::Entry>& index);

// The account and every account that passed on something of it.
base::Result<std::vector<std::string>> homes_of_grants(store::Transaction& tx, std::string_view account);
// Grants on the resource, whoever holds them and in whatever account.
base::Status erase_grants_on(store::Transaction& tx, const Resource& resource);

template <class T>
base::Result<Page<T>> list_by_index(store::Transaction& tx, std::string_view account, std::string_view noun,
                                    const std::vector<std::string>& prefixes, std::string_view token, size_t limit) {
  WEIR_TRY(auto index, scan_page(tx, prefixes, token, limit));
  WEIR_TRY(auto keys, keys_behind(account, noun, index.items));
  WEIR_TRY(auto values, tx.get_many(keys));
  Page<T> page;
  page.next = index.next;
  for (const auto& value : values) {
    if (!value) return base::internal("record: the index names a record that is not there");
    WEIR_TRY(auto record, base::decode_record<T>(*value));
    page.items.push_back(std::move(record));
  }
  return page;
}

}  // namespace weir::permissions
