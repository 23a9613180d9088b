// Mail to addresses that somebody named and nobody confirmed: approvers of a policy, NotifyEmail of a request. Whoever
// may write such a name could have anybody written to, so that an account sends a limited number of them.
//
// Where: mail-quota ACCOUNT, how many since when.
//
// Threads: as the transaction.
#pragma once
#include <string>

#include "app/lake.h"

namespace weir::app {

inline constexpr int64_t kUnconfirmedMailsMax = 2'000;  // of an account
inline constexpr base::Seconds kUnconfirmedMailsPeriod = std::chrono::hours(24);

// Counts a mail of the account about `subject`, the id of a request or an approval. False: it is not to be sent. The
// first one of a period that is not is announced, "mail.quota_reached", and so on the account's record.
base::Result<bool> may_mail_unconfirmed(Lake& lake, store::Transaction& tx, const std::string& account,
                                        const std::string& subject);

}  // namespace weir::app
