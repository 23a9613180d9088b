#include "permissions/record_lists.h"

#include "base/text.h"

namespace weir::permissions {
namespace {

using base::Result;
using base::Status;
using store::Transaction;

constexpr size_t kBatch = 1000;

base::Error bad_token() { return base::invalid("The pagination token is not one that this list gave out.", "token"); }

// Cuts the ranges that lie before the token.
Result<std::vector<store::Range>> resume(const std::vector<std::string>& prefixes, std::string_view token) {
  std::string last;
  if (!token.empty()) {
    auto decoded = base::unbase64url(token);
    if (!decoded.ok() || decoded->empty()) return bad_token();
    last = std::move(*decoded);
  }
  std::vector<store::Range> ranges;
  bool found = last.empty();
  for (const auto& prefix : prefixes) {
    auto range = store::prefix_range(prefix);
    if (!found && last.starts_with(prefix)) {
      found = true;
      range.first = last + '\0';
    }
    if (found) ranges.push_back(std::move(range));
  }
  if (!found) return bad_token();
  return ranges;
}

std::string index_noun(std::string_view noun) { return std::string(noun) + "_on"; }

}  // namespace

std::string noun_prefix(std::string_view account, std::string_view noun) { return store::key(kNoun, account, noun); }

Status bump_revision(Transaction& tx, std::string_view account) {
  WEIR_TRY(auto revision, get_revision(tx, account));
  return tx.put(revision_key(account), std::to_string(revision + 1));
}

Result<Page<store::Entry>> scan_page(Transaction& tx, const std::vector<std::string>& prefixes, std::string_view token,
                                     size_t limit) {
  WEIR_TRY(auto ranges, resume(prefixes, token));
  Page<store::Entry> page;
  for (const auto& range : ranges) {
    // One more than wanted tells whether there is a next page.
    WEIR_TRY(auto entries, tx.scan(range, limit + 1 - page.items.size()));
    for (auto& entry : entries) page.items.push_back(std::move(entry));
    if (page.items.size() > limit) break;
  }
  if (page.items.size() <= limit) return page;
  page.items.resize(limit);
  if (limit > 0) page.next = base::base64url(page.items.back().key);
  return page;
}

Result<std::vector<store::Entry>> scan_all(Transaction& tx, const std::string& prefix) {
  std::vector<store::Entry> all;
  auto range = store::prefix_range(prefix);
  for (;;) {
    WEIR_TRY(auto entries, tx.scan(range, kBatch));
    bool last = entries.size() < kBatch;
    for (auto& entry : entries) all.push_back(std::move(entry));
    if (last) return all;
    range.first = all.back().key + '\0';
  }
}

Status erase_under(Transaction& tx, const std::string& prefix) {
  WEIR_TRY(auto entries, scan_all(tx, prefix));
  for (const auto& entry : entries) WEIR_CHECK_OK(tx.erase(entry.key));
  return {};
}

std::string index_key(std::string_view account, std::string_view noun, std::string_view resource_key,
                      std::string_view principal, std::string_view condition) {
  return store::key(kNoun, account, index_noun(noun), resource_key, principal, condition);
}

std::string index_prefix(std::string_view account, std::string_view noun, const Resource& resource) {
  return store::key(kNoun, account, index_noun(noun), resource.key());
}

std::string index_prefix_inside(std::string_view account, std::string_view noun, const Resource& container,
                                ResourceKind kind) {
  auto key = container.key();
  return noun_prefix(account, index_noun(noun)) + std::string(name_of(kind)) + key.substr(key.find('/')) + "/";
}

Result<std::vector<std::string>> keys_behind(std::string_view account, std::string_view noun,
                                             const std::vector<store::Entry>& index) {
  std::vector<std::string> keys;
  for (const auto& entry : index) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    if (parts.size() < 6) return base::internal("record: malformed index");
    auto key = store::key(kNoun, account, noun, parts[4], parts[3]);
    for (size_t i = 5; i < parts.size(); ++i) key += store::encode_text(parts[i]);
    keys.push_back(std::move(key));
  }
  return keys;
}

Status erase_indexed(Transaction& tx, std::string_view account, std::string_view noun, const std::string& prefix) {
  WEIR_TRY(auto index, scan_all(tx, prefix));
  return erase_behind(tx, account, noun, index);
}

Status erase_behind(Transaction& tx, std::string_view account, std::string_view noun,
                    const std::vector<store::Entry>& index) {
  WEIR_TRY(auto keys, keys_behind(account, noun, index));
  for (size_t i = 0; i < index.size(); ++i) {
    WEIR_CHECK_OK(tx.erase(index[i].key));
    WEIR_CHECK_OK(tx.erase(keys[i]));
  }
  return {};
}

Result<std::vector<std::string>> homes_of_grants(Transaction& tx, std::string_view account) {
  std::vector<std::string> out{std::string(account)};
  WEIR_TRY(auto recipients, scan_all(tx, noun_prefix(account, "passed_on")));
  for (const auto& entry : recipients) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    if (parts.size() != 4) return base::internal("record: malformed index");
    out.push_back(parts[3]);
  }
  return out;
}

Status erase_grants_on(Transaction& tx, const Resource& resource) {
  WEIR_TRY(auto homes, homes_of_grants(tx, resource.catalog));
  for (const auto& home : homes) WEIR_CHECK_OK(erase_indexed(tx, home, "grant", index_prefix(home, "grant", resource)));
  return {};
}

}  // namespace weir::permissions
