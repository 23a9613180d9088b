#include "app/due_work.h"

#include "store/key.h"
#include "store/record_access.h"

namespace weir::app {
namespace {

std::string key_of(std::string_view kind, std::string_view id) { return store::key("due-of", kind, id); }

base::Result<bool> still_wanted(Lake& lake, const DueItem& item) {
  WEIR_TRY(auto tx, lake.store.begin(store::Mode::read));
  WEIR_TRY(auto now, store::load<DueItem>(*tx, key_of(item.kind, item.id)));
  return now == item;
}

base::Status take_out(store::Transaction& tx, const DueItem& item) {
  WEIR_CHECK_OK(tx.erase(due_work::key(item)));
  WEIR_TRY(auto now, store::load<DueItem>(tx, key_of(item.kind, item.id)));
  return now == item ? tx.erase(key_of(item.kind, item.id)) : base::Status();
}

}  // namespace

std::string due_work::prefix() { return store::key("due"); }

std::string due_work::key(const DueItem& item) {
  return store::KeyBuilder(prefix()).integer(item.due.time_since_epoch().count()).text(item.kind).text(item.id).take();
}

base::Status schedule(store::Transaction& tx, std::string_view kind, std::string_view id, base::Instant due) {
  WEIR_TRY(auto before, store::load<DueItem>(tx, key_of(kind, id)));
  if (before) WEIR_CHECK_OK(tx.erase(due_work::key(*before)));
  DueItem item{std::string(kind), std::string(id), due, before ? before->turn + 1 : 0};
  WEIR_CHECK_OK(store::save(tx, due_work::key(item), item));
  return store::save(tx, key_of(kind, id), item);
}

base::Status unschedule(store::Transaction& tx, std::string_view kind, std::string_view id) {
  WEIR_TRY(auto before, store::load<DueItem>(tx, key_of(kind, id)));
  return before ? take_out(tx, *before) : base::Status();
}

base::Result<std::optional<base::Instant>> scheduled(store::Transaction& tx, std::string_view kind,
                                                     std::string_view id) {
  WEIR_TRY(auto item, store::load<DueItem>(tx, key_of(kind, id)));
  return item ? std::optional(item->due) : std::nullopt;
}

base::Status DueHandlers::call(Lake& lake, const DueItem& item) const {
  WEIR_TRY(bool wanted, still_wanted(lake, item));
  if (wanted) {
    auto handler = handlers_.find(item.kind);
    if (handler == handlers_.end()) return base::internal("nobody handles what is due of the kind " + item.kind);
    WEIR_CHECK_OK(handler->second(lake, item));
  }
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, store::load<DueItem>(tx, due_work::key(item)));
    return there == item ? take_out(tx, item) : base::Status();
  });
}

base::Result<due_work::Look> due_work::look(store::Transaction& tx, const std::string& from, base::Instant now,
                                            size_t limit) {
  auto range = store::prefix_range(prefix());
  if (!from.empty()) range.first = from;
  WEIR_TRY(auto entries, tx.scan(range, limit));
  Look out;
  for (const auto& entry : entries) {
    auto item = base::decode_record<DueItem>(entry.value);
    if (!item.ok()) continue;
    if (item->due > now) return out.first_later = item->due, out;
    out.items.push_back(std::move(*item));
  }
  if (entries.size() == limit) out.next = entries.back().key + '\0';
  return out;
}

}  // namespace weir::app
