#include "base/clock.h"

#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <ctime>

namespace weir::base {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Civil {
  int year, month, day, hour, minute, second, weekday, micros;
};

Civil civil(Instant at) {
  auto day = floor<days>(at);
  year_month_day date(day);
  auto rest = duration_cast<microseconds>(at - day).count();
  auto seconds = static_cast<int>(rest / 1'000'000);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          seconds / 3600,
          seconds / 60 % 60,
          seconds % 60,
          static_cast<int>(weekday(day).c_encoding()),
          static_cast<int>(rest % 1'000'000)};
}

std::string format(const char* pattern, auto... args) {
  char text[64];
  int n = std::snprintf(text, sizeof text, pattern, args...);
  return std::string(text, static_cast<size_t>(n));
}

// Reads exactly `n` digits at `text`; -1 when they are not all digits.
int digits(std::string_view text, size_t at, size_t n) {
  if (at + n > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + n; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

Result<Instant> assemble(int y, int mo, int d, int h, int mi, int s, std::string_view text) {
  year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
  if (y < 0 || mo < 0 || d < 0 || !date.ok() || h < 0 || h > 24 || mi < 0 || mi > 59 || s < 0 || s > 60)
    return invalid("not a date: " + std::string(text.substr(0, 64)));
  return Instant(sys_days(date)) + hours(h) + minutes(mi) + seconds(s);
}

// splitmix64
uint64_t next_word(uint64_t& state) {
  uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::string uuid_of(std::array<unsigned char, 16> b) {
  b[6] = static_cast<unsigned char>((b[6] & 0x0f) | 0x40);
  b[8] = static_cast<unsigned char>((b[8] & 0x3f) | 0x80);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out(36, '-');
  char* at = out.data();
  for (size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
    *at++ = kHex[b[i] >> 4];
    *at++ = kHex[b[i] & 15];
  }
  return out;
}

}  // namespace

Instant SystemClock::now() const { return floor<microseconds>(system_clock::now()); }

std::string Randomness::text(size_t n, std::string_view alphabet) {
  CHECK_TRUE(!alphabet.empty() && alphabet.size() <= 256, "an alphabet of 1..256 characters");
  const size_t limit = 256 - 256 % alphabet.size();  // refuse the biased tail
  std::string out;
  while (out.size() < n) {
    for (unsigned char c : bytes(n - out.size() + 8)) {
      if (c < limit && out.size() < n) out += alphabet[c % alphabet.size()];
    }
  }
  return out;
}

std::string SystemRandomness::bytes(size_t n) {
  std::string out(n, '\0');
  CHECK_TRUE(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(n)) == 1,
             "the system's randomness works");
  return out;
}

std::string SeededRandomness::bytes(size_t n) {
  std::string out(n, '\0');
  for (auto& c : out) c = static_cast<char>(next_word(state_) >> 56);
  return out;
}

std::string uuid(Randomness& randomness) {
  auto bytes = randomness.bytes(16);
  std::array<unsigned char, 16> b;
  std::memcpy(b.data(), bytes.data(), b.size());
  return uuid_of(b);
}

std::string quick_uuid() {
  thread_local uint64_t state = [] {
    uint64_t seed = 0;
    auto bytes = SystemRandomness().bytes(sizeof seed);
    std::memcpy(&seed, bytes.data(), sizeof seed);
    return seed;
  }();
  std::array<uint64_t, 2> words{next_word(state), next_word(state)};
  std::array<unsigned char, 16> b;
  std::memcpy(b.data(), words.data(), b.size());
  return uuid_of(b);
}

Instant from_epoch_seconds(double seconds) {
  return Instant(microseconds(static_cast<int64_t>(std::llround(seconds * 1e6))));
}
double to_epoch_seconds(Instant at) { return static_cast<double>(at.time_since_epoch().count()) / 1e6; }
int64_t to_epoch_whole_seconds(Instant at) { return floor<seconds>(at).time_since_epoch().count(); }

std::string to_iso8601(Instant at) {
  auto c = civil(at);
  return format("%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}
std::string to_iso8601_millis(Instant at) {
  auto c = civil(at);
  return format("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second,
                c.micros / 1000);
}
std::string to_amz_date(Instant at) {
  auto c = civil(at);
  return format("%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}
std::string to_http_date(Instant at) {
  auto c = civil(at);
  return format("%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[static_cast<size_t>(c.weekday)], c.day,
                kMonths[static_cast<size_t>(c.month - 1)], c.year, c.hour, c.minute, c.second);
}

Result<Instant> parse_iso8601(std::string_view t) {
  auto wrong = [&] { return invalid("not an ISO 8601 date: " + std::string(t.substr(0, 64))); };
  if (t.size() < 10 || t[4] != '-' || t[7] != '-') return wrong();
  int h = 0, mi = 0, s = 0;
  size_t at = 10;
  microseconds fraction{0};
  minutes offset{0};
  if (t.size() > 10) {
    if ((t[10] != 'T' && t[10] != 't' && t[10] != ' ') || t.size() < 16 || t[13] != ':') return wrong();
    h = digits(t, 11, 2);
    mi = digits(t, 14, 2);
    at = 16;
    if (at < t.size() && t[at] == ':') {
      s = digits(t, 17, 2);
      at = 19;
      if (at < t.size() && t[at] == '.') {
        int64_t value = 0, scale = 1'000'000;
        size_t start = ++at;
        for (; at < t.size() && t[at] >= '0' && t[at] <= '9'; ++at)
          if (scale > 1) value = value * 10 + (t[at] - '0'), scale /= 10;
        if (at == start) return wrong();
        fraction = microseconds(value * scale);
      }
    }
    if (at < t.size() && (t[at] == 'Z' || t[at] == 'z')) {
      ++at;
    } else if (at < t.size() && (t[at] == '+' || t[at] == '-')) {
      size_t colon = at + 3 < t.size() && t[at + 3] == ':' ? 1 : 0;
      int oh = digits(t, at + 1, 2), om = digits(t, at + 3 + colon, 2);
      if (oh < 0 || om < 0) return wrong();
      offset = minutes((t[at] == '-' ? -1 : 1) * (oh * 60 + om));
      at += 5 + colon;
    }
  }
  if (at != t.size()) return wrong();
  WEIR_TRY(auto base, assemble(digits(t, 0, 4), digits(t, 5, 2), digits(t, 8, 2), h, mi, s, t));
  return base + fraction - offset;
}

Result<Instant> parse_amz_date(std::string_view t) {
  if (t.size() != 16 || t[8] != 'T' || t[15] != 'Z') return invalid("not a basic ISO 8601 date");
  return assemble(digits(t, 0, 4), digits(t, 4, 2), digits(t, 6, 2), digits(t, 9, 2), digits(t, 11, 2),
                  digits(t, 13, 2), t);
}

Result<Instant> parse_http_date(std::string_view t) {
  // Sun, 06 Nov 1994 08:49:37 GMT
  if (t.size() != 29 || t[3] != ',' || t.substr(25) != " GMT") return invalid("not an HTTP date");
  for (size_t m = 0; m < 12; ++m) {
    if (t.substr(8, 3) == kMonths[m])
      return assemble(digits(t, 12, 4), static_cast<int>(m) + 1, digits(t, 5, 2), digits(t, 17, 2), digits(t, 20, 2),
                      digits(t, 23, 2), t);
  }
  return invalid("not an HTTP date");
}

}  // namespace weir::base
