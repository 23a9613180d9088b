// Lists of records by name in one transaction of the store. One record is store/record_access.h's.
//
// Threads: as the transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/record.h"
#include "events/channel_message.h"
#include "events/names.h"
#include "store/store.h"

namespace weir::events {

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // the name after which to go on; empty: this was the last page
};

inline constexpr size_t kAllMax = 4096;  // above every quota

// In the order of their names. What cannot be read is passed over, and logged: it must not keep the others from
// being told.
template <base::Record T>
base::Result<std::vector<T>> all(store::Transaction& tx, const std::string& prefix) {
  WEIR_TRY(auto entries, tx.scan(store::prefix_range(prefix), kAllMax));
  std::vector<T> out;
  for (const auto& entry : entries) {
    auto read = base::decode_record<T>(entry.value);
    if (read) out.push_back(std::move(*read));
    if (!read) base::log_error("events.unreadable", {{"reason", read.error().log}});
  }
  return out;
}

// Those that begin with `prefix`, from the one after `token` on.
template <class T>
Page<T> page_of(std::vector<T> items, std::string_view prefix, std::string_view token, size_t limit) {
  Page<T> page;
  for (auto& item : items) {
    if (!item.name.starts_with(prefix) || item.name <= token) continue;
    if (page.items.size() == limit) {
      page.next = page.items.back().name;
      break;
    }
    page.items.push_back(std::move(item));
  }
  return page;
}

// A ticket that was made for a message, and what the message was about.
struct KeptTicket {
  std::string channel, subject, id, url;
  base::Instant created{};
};
WEIR_RECORD(KeptTicket, FIELD("Channel", &KeptTicket::channel), FIELD("Subject", &KeptTicket::subject),
            FIELD("Id", &KeptTicket::id), FIELD("Url", &KeptTicket::url), FIELD("Created", &KeptTicket::created))

}  // namespace weir::events
