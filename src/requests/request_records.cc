#include "requests/request_records.h"

#include "store/key.h"

namespace weir::requests {
namespace {

constexpr std::string_view kNoun = "access";
constexpr size_t kIndexedMax = 100'000;

std::string request_key(std::string_view account, std::string_view id) {
  return store::key(kNoun, "request", account, id);
}
std::string grant_key(std::string_view account, std::string_view id) { return store::key(kNoun, "grant", account, id); }
std::string policy_key(std::string_view account) { return store::key(kNoun, "policy", account); }
std::string token_key(std::string_view account, std::string_view requester, std::string_view token) {
  return store::key(kNoun, "token", account, requester, token);
}
std::string open_prefix(const AccessRequest& request) {
  return store::key(kNoun, "open", request.account, who_asked(request));
}
std::string of_prefix(std::string_view account, std::string_view request) {
  return store::key(kNoun, "of", account, request);
}
std::string held_prefix(std::string_view account, std::string_view database, std::string_view principal) {
  return store::key(kNoun, "held", account, database, principal);
}

template <base::Record T>
base::Result<Page<T>> newest_first(store::Transaction& tx, const std::string& prefix, const std::string& from,
                                   size_t limit) {
  auto range = store::prefix_range(prefix);
  if (!from.empty()) range.last = from + '\0';
  WEIR_TRY(auto entries, tx.scan(range, limit + 1, true));
  Page<T> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto value, base::decode_record<T>(entry.value));
    if (out.items.size() == limit) return out.next = value.id, std::move(out);
    out.items.push_back(std::move(value));
  }
  return out;
}

}  // namespace

const std::string& who_asked(const AccessRequest& request) {
  return request.requester_person.empty() ? request.requester : request.requester_person;
}

base::Result<std::optional<AccessRequest>> RequestRecords::find(std::string_view account, std::string_view id) {
  return store::load<AccessRequest>(tx_, request_key(account, id));
}

base::Status RequestRecords::put(AccessRequest& request) {
  ++request.version;
  auto open = open_prefix(request) + store::encode_text(request.id);
  WEIR_CHECK_OK(is_decided(request.decision) ? tx_.erase(open) : tx_.put(open, ""));
  return store::save(tx_, request_key(request.account, request.id), request);
}

base::Result<size_t> RequestRecords::count_open(const AccessRequest& of, size_t most) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(open_prefix(of)), most));
  return entries.size();
}

base::Result<Page<AccessRequest>> RequestRecords::list(std::string_view account, std::string_view from, size_t limit) {
  return newest_first<AccessRequest>(tx_, store::key(kNoun, "request", account),
                                     from.empty() ? std::string() : request_key(account, from), limit);
}

base::Result<std::optional<AccessGrant>> GrantRecords::find(std::string_view account, std::string_view id) {
  return store::load<AccessGrant>(tx_, grant_key(account, id));
}

base::Status GrantRecords::put(const AccessGrant& grant) {
  auto held = held_prefix(grant.account, grant.database, grant.principal) + store::encode_text(grant.id);
  WEIR_CHECK_OK(grant.counts() ? tx_.put(held, "") : tx_.erase(held));
  WEIR_CHECK_OK(tx_.put(of_prefix(grant.account, grant.request) + store::encode_text(grant.id), ""));
  return store::save(tx_, grant_key(grant.account, grant.id), grant);
}

base::Result<std::vector<AccessGrant>> GrantRecords::named_by(std::string_view account, const std::string& prefix) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(prefix), kIndexedMax));
  std::vector<AccessGrant> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto parts, store::split_key(entry.key));
    WEIR_TRY(auto grant, find(account, parts.back()));
    if (!grant) return base::internal("access: the index names a grant that is not there");
    out.push_back(std::move(*grant));
  }
  return out;
}

base::Result<std::vector<AccessGrant>> GrantRecords::of_request(std::string_view account, std::string_view request) {
  return named_by(account, of_prefix(account, request));
}

base::Result<std::vector<AccessGrant>> GrantRecords::counting(std::string_view account, std::string_view database,
                                                              std::string_view principal) {
  return named_by(account, held_prefix(account, database, principal));
}

base::Result<Page<AccessGrant>> GrantRecords::list(std::string_view account, std::string_view from, size_t limit) {
  return newest_first<AccessGrant>(tx_, store::key(kNoun, "grant", account),
                                   from.empty() ? std::string() : grant_key(account, from), limit);
}

base::Result<std::optional<StoredPolicy>> find_policy(store::Transaction& tx, std::string_view account) {
  return store::load<StoredPolicy>(tx, policy_key(account));
}

base::Status put_policy(store::Transaction& tx, std::string_view account, const StoredPolicy& policy) {
  return store::save(tx, policy_key(account), policy);
}

base::Result<std::optional<RememberedToken>> find_token(store::Transaction& tx, std::string_view account,
                                                        std::string_view requester, std::string_view token) {
  return store::load<RememberedToken>(tx, token_key(account, requester, token));
}

base::Status put_token(store::Transaction& tx, std::string_view account, std::string_view requester,
                       std::string_view token, const RememberedToken& remembered) {
  return store::save(tx, token_key(account, requester, token), remembered);
}

}  // namespace weir::requests
