// How many shares Lake Formation makes for its grants: a slot is what one share is for.
//
// Version 1 has one share for each object. From version 2 on there is, between an owner and a receiving account (or an
// organization, or a unit), one share for databases, one for tables, one for all tables of databases, and two for what
// is chosen by LF-Tags: at most three and two (sharing.md 3.4).
//
// Threads: free functions.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"
#include "sharing/receiver.h"

namespace weir::sharing {

// What a grant is on. A grant on the catalog itself goes with those on databases.
enum class LakeKind { databases, tables, all_tables, tag_databases, tag_tables, catalog };

inline constexpr int kCrossAccountVersionMin = 1, kCrossAccountVersionMax = 5;

// The same for every grant that goes into the same share.
std::string lake_slot(LakeKind kind, const Receiver& receiver, std::string_view resource, int version);

// LakeFormation-V3-TKJGBHCKTZ
std::string lake_share_name(int version, base::Randomness& randomness);

// The managed permission that fits.
std::string_view lake_permission(LakeKind kind);

}  // namespace weir::sharing
