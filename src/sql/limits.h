// How much one query, one person and the whole server may take (server/config.h says how they are set).
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace weir::sql {

// What may be taken at once: queries that run, queries that wait for their turn, and calls that wait for a query's end.
// Calls hold threads that others wait on, too: further ones are answered at once.
struct Room {
  size_t running = 0, queued = 0, waiters = 0;
};

struct Limits {
  // Of one query; the first two are what it gets when it asks for nothing.
  // Credentials that are vended for a query last an hour: it has to end before.
  int64_t timeout_s = 120, timeout_s_max = 900;
  int64_t rows = 10'000, rows_max = 100'000;
  uint64_t answer_bytes_max = 16ULL << 20;
  uint64_t memory_bytes_max = 512ULL << 20;
  unsigned threads = 2;
  size_t waiters_of_query = 4;
  // Of one person; of one role, or user, in all its sessions; of one account; of everybody. Whoever assumes a role
  // chooses the names of its sessions, and a session's name makes a person: so persons alone are no limit.
  // What is 0 of a role or an account is some of the next wider room: see with_rooms_left().
  Room of_person{2, 8, 32};
  Room of_role = {}, of_account = {};
  Room of_all{5, 64, 64};
  // Of answers. When everybody together has too much, the account that keeps most goes first, in it the role that
  // keeps most, in it the person.
  size_t kept_of_person = 50;
  uint64_t kept_bytes_of_person = 64ULL << 20;
  size_t kept = 5000;
  uint64_t kept_bytes = 256ULL << 20;
  int64_t kept_for_s = 900;
};

// What one of several may take of a room so that the others find some: all but a quarter, and one place at least.
constexpr size_t all_but_a_quarter(size_t room) { return room > 1 ? room - std::max<size_t>(1, room / 4) : 1; }

constexpr Room with_room_left(const Room& own, const Room& wider) {
  auto filled = [](size_t set, size_t all) { return set > 0 ? set : all_but_a_quarter(all); };
  return {filled(own.running, wider.running), filled(own.queued, wider.queued), filled(own.waiters, wider.waiters)};
}

// The limits with the rooms that nobody set.
constexpr Limits with_rooms_left(Limits limits) {
  limits.of_account = with_room_left(limits.of_account, limits.of_all);
  limits.of_role = with_room_left(limits.of_role, limits.of_account);
  return limits;
}

}  // namespace weir::sql
