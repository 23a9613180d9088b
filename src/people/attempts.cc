#include "people/attempts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/record.h"

namespace weir::people {
namespace {

constexpr std::string_view kNamed = "attempts", kAddressed = "attempts-from", kCounted = "times";
constexpr int64_t kDoublingsMax = 10;

struct Count {
  int64_t attempts = 0;
  base::Instant next{};   // not before
  base::Instant until{};  // of the window
};
WEIR_RECORD(Count, FIELD("Attempts", &Count::attempts), FIELD("Next", &Count::next), FIELD("Until", &Count::until))

base::Result<Count> count_of(PassingRecords& records, std::string_view kind, std::string_view subject) {
  WEIR_TRY(auto text, records.find(kind, subject));
  if (!text) return Count{};
  return base::decode_record<Count>(*text);
}

base::Result<bool> count_in_window(PassingRecords& records, std::string_view kind, std::string_view subject,
                                   int64_t most, base::Instant until) {
  WEIR_TRY(auto count, count_of(records, kind, subject));
  if (count.attempts >= most) return false;
  if (count.attempts++ == 0) count.until = until;
  WEIR_CHECK_OK(records.put(kind, subject, base::encode_record(count), count.until));
  return true;
}

}  // namespace

int64_t wait_seconds(int64_t attempts) {
  if (attempts < kFreeAttempts) return 0;
  return std::min(kWaitSecondsMax, int64_t{1} << std::min(attempts - kFreeAttempts, kDoublingsMax));
}

std::string address_group(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (text.starts_with(kMapped)) return inet_ntop(AF_INET, bytes.data() + kMapped.size(), out.data(), out.size());
  std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), 0);
  return std::string(inet_ntop(AF_INET6, bytes.data(), out.data(), out.size())) + "/64";
}

base::Result<bool> Attempts::begin(std::string_view subject) {
  WEIR_TRY(auto count, count_of(records_, kNamed, subject));
  if (now_ < count.next) return false;
  count.next = now_ + base::Seconds(wait_seconds(++count.attempts));
  WEIR_CHECK_OK(records_.put(kNamed, subject, base::encode_record(count), now_ + kAttemptsRemembered));
  return true;
}

base::Status Attempts::succeeded(std::string_view subject) { return records_.erase(kNamed, subject); }

base::Result<bool> Attempts::begin_from(std::string_view address) {
  return count_in_window(records_, kAddressed, address, kAddressAttemptsMax, now_ + kAddressWindow);
}

base::Status Attempts::succeeded_from(std::string_view address) {
  WEIR_TRY(auto count, count_of(records_, kAddressed, address));
  if (count.attempts <= 1) return records_.erase(kAddressed, address);
  --count.attempts;
  return records_.put(kAddressed, address, base::encode_record(count), count.until);
}

base::Result<bool> Attempts::once_more(std::string_view subject, int64_t most, base::Seconds window) {
  return count_in_window(records_, kCounted, subject, most, now_ + window);
}

}  // namespace weir::people
