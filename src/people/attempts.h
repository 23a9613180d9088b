// How often somebody may try: after the first few wrong attempts each further one has to wait twice as long.
//
// An attempt is counted before it is looked at, and taken back when it was right: attempts at the same time count, too.
// Nobody can tell from it whether there is such a person: names are counted, not people.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>

#include "people/passing_records.h"

namespace weir::people {

inline constexpr int64_t kFreeAttempts = 5;
inline constexpr int64_t kWaitSecondsMax = 15 * 60;
inline constexpr base::Seconds kAttemptsRemembered = std::chrono::hours(1);
// From one address, wrong ones of all names together.
inline constexpr int64_t kAddressAttemptsMax = 300;
inline constexpr base::Seconds kAddressWindow = std::chrono::minutes(15);

// How long after the n-th wrong attempt the next one may be.
int64_t wait_seconds(int64_t attempts);

// Whose attempts count together: an IPv4 address; of IPv6 the /64, within which one household has all the addresses.
// What is no address is itself.
std::string address_group(const std::string& address);

class Attempts {
 public:
  Attempts(store::Transaction& tx, base::Instant now) : records_(tx, now), now_(now) {}

  // Counts one more. False when it is too early for it: then it does not count either.
  base::Result<bool> begin(std::string_view subject);
  // It was right: all that were counted are forgotten.
  base::Status succeeded(std::string_view subject);

  // The same for an address: a number in a window, of which a right attempt takes one back.
  base::Result<bool> begin_from(std::string_view address);
  base::Status succeeded_from(std::string_view address);

  // At most `most` in the window, right or wrong.
  base::Result<bool> once_more(std::string_view subject, int64_t most, base::Seconds window);

 private:
  PassingRecords records_;
  base::Instant now_;
};

}  // namespace weir::people
