// Requests, grants and policies in one transaction of the store:
//
//   access request  ACCOUNT ID                       AccessRequest
//   access policy   ACCOUNT                          StoredPolicy
//   access grant    ACCOUNT ID                       AccessGrant
//   access of       ACCOUNT REQUEST GRANT            index of the grants of a request
//   access held     ACCOUNT DATABASE PRINCIPAL GRANT index of the grants that count
//   access token    ACCOUNT REQUESTER CLIENT-TOKEN   RememberedToken
//   access open     ACCOUNT REQUESTER REQUEST        index of the requests that wait for a decision
//
// Threads: as the transaction.
#pragma once
#include "requests/access_grant.h"
#include "requests/access_request.h"
#include "store/record_access.h"

namespace weir::requests {

// The person where one signed in, else the principal.
const std::string& who_asked(const AccessRequest& request);

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // empty: the end
};

class RequestRecords {
 public:
  explicit RequestRecords(store::Transaction& tx) : tx_(tx) {}
  base::Result<std::optional<AccessRequest>> find(std::string_view account, std::string_view id);
  // Bumps the version.
  base::Status put(AccessRequest& request);
  // How many of the requester's wait for a decision, as far as `most`.
  base::Result<size_t> count_open(const AccessRequest& of, size_t most);
  // The newest first, from the id `from` on (empty: the newest).
  base::Result<Page<AccessRequest>> list(std::string_view account, std::string_view from, size_t limit);

 private:
  store::Transaction& tx_;
};

class GrantRecords {
 public:
  explicit GrantRecords(store::Transaction& tx) : tx_(tx) {}
  base::Result<std::optional<AccessGrant>> find(std::string_view account, std::string_view id);
  base::Status put(const AccessGrant& grant);
  base::Result<std::vector<AccessGrant>> of_request(std::string_view account, std::string_view request);
  // Rows that count, on anything in the database that the principal has.
  base::Result<std::vector<AccessGrant>> counting(std::string_view account, std::string_view database,
                                                  std::string_view principal);
  base::Result<Page<AccessGrant>> list(std::string_view account, std::string_view from, size_t limit);

 private:
  base::Result<std::vector<AccessGrant>> named_by(std::string_view account, const std::string& prefix);
  store::Transaction& tx_;
};

struct StoredPolicy {
  std::string document;
  int64_t version = 0;
  std::string by;
  base::Instant at{};
};
WEIR_RECORD(StoredPolicy, FIELD("Document", &StoredPolicy::document), FIELD("Version", &StoredPolicy::version),
            FIELD("By", &StoredPolicy::by), FIELD("At", &StoredPolicy::at))

base::Result<std::optional<StoredPolicy>> find_policy(store::Transaction& tx, std::string_view account);
base::Status put_policy(store::Transaction& tx, std::string_view account, const StoredPolicy& policy);

// What a client token was used for.
struct RememberedToken {
  std::string digest;  // of what was asked
  std::string request;
};
WEIR_RECORD(RememberedToken, FIELD("Digest", &RememberedToken::digest), FIELD("Request", &RememberedToken::request))
base::Result<std::optional<RememberedToken>> find_token(store::Transaction& tx, std::string_view account,
                                                        std::string_view requester, std::string_view token);
base::Status put_token(store::Transaction& tx, std::string_view account, std::string_view requester,
                       std::string_view token, const RememberedToken& remembered);

}  // namespace weir::requests
