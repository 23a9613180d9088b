#include "store/memory_store.h"

#include <algorithm>

namespace weir::store {

// Reads see the snapshot under the transaction's own writes.
class MemoryTransaction final : public Transaction {
 public:
  MemoryTransaction(MemoryStore& store, Mode mode) : store_(store), mode_(mode), snapshot_(store.open_snapshot()) {}
  ~MemoryTransaction() override { close(); }

  base::Result<std::optional<std::string>> get(std::string_view key) override;
  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override;
  base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse) override;
  base::Status put(std::string_view key, std::string_view value) override;
  base::Status erase(std::string_view key) override;
  base::Status commit() override;

 private:
  using Changes = MemoryStore::Changes;

  base::Status may_read() const;
  base::Status may_write() const;
  std::optional<std::string> look(std::string_view key);
  // The range as the snapshot and the own writes together show it, in the order asked.
  template <class DataAt, class OwnAt, class Before>
  std::vector<Entry> merge(DataAt data, DataAt data_end, OwnAt own, OwnAt own_end, size_t limit, Before before);
  base::Status commit_changes();
  void close();
  void note_read(Range range) {
    if (mode_ == Mode::write) read_.push_back(std::move(range));
  }

  MemoryStore& store_;
  Mode mode_;
  uint64_t snapshot_;
  bool over_ = false;
  Changes own_;
  std::vector<Range> read_;
};

namespace {

template <class Map>
std::pair<typename Map::const_iterator, typename Map::const_iterator> part_of(const Map& map, const Range& range) {
  auto first = map.lower_bound(range.first);
  auto last = range.last.empty() ? map.end() : map.lower_bound(range.last);
  if (!range.last.empty() && range.last <= range.first) last = first;
  return {first, last};
}

Range just(std::string_view key) { return {std::string(key), std::string(key) + '\0'}; }

}  // namespace

base::Status MemoryTransaction::may_read() const {
  if (over_) return base::internal("store: the transaction is over");
  return store_.meet_operation_fault();
}

base::Status MemoryTransaction::may_write() const {
  if (mode_ == Mode::read) return base::internal("store: a write in a read transaction");
  return may_read();
}

std::optional<std::string> MemoryTransaction::look(std::string_view key) {
  if (auto own = own_.find(key); own != own_.end()) return own->second;
  note_read(just(key));
  std::shared_lock lock(store_.data_mutex_);
  auto found = store_.data_.find(key);
  if (found == store_.data_.end()) return std::nullopt;
  auto* value = MemoryStore::visible(found->second, snapshot_);
  return value ? std::optional(*value) : std::nullopt;
}

base::Result<std::optional<std::string>> MemoryTransaction::get(std::string_view key) {
  WEIR_CHECK_OK(may_read());
  return look(key);
}

base::Result<std::vector<std::optional<std::string>>> MemoryTransaction::get_many(std::span<const std::string> keys) {
  WEIR_CHECK_OK(may_read());
  std::vector<std::optional<std::string>> values;
  values.reserve(keys.size());
  for (auto& key : keys) values.push_back(look(key));
  return values;
}

template <class DataAt, class OwnAt, class Before>
std::vector<Entry> MemoryTransaction::merge(DataAt data, DataAt data_end, OwnAt own, OwnAt own_end, size_t limit,
                                            Before before) {
  std::vector<Entry> out;
  while (out.size() < limit && (data != data_end || own != own_end)) {
    bool take_data = own == own_end || (data != data_end && before(data->first, own->first));
    if (take_data) {
      if (auto* value = MemoryStore::visible(data->second, snapshot_)) out.push_back({data->first, *value});
      ++data;
      continue;
    }
    if (data != data_end && data->first == own->first) ++data;
    if (own->second) out.push_back({own->first, *own->second});
    ++own;
  }
  return out;
}

base::Result<std::vector<Entry>> MemoryTransaction::scan(const Range& range, size_t limit, bool reverse) {
  WEIR_CHECK_OK(may_read());
  std::shared_lock lock(store_.data_mutex_);
  auto [first, last] = part_of(store_.data_, range);
  auto [own_first, own_last] = part_of(own_, range);
  using std::make_reverse_iterator;
  auto out = reverse ? merge(make_reverse_iterator(last), make_reverse_iterator(first), make_reverse_iterator(own_last),
                             make_reverse_iterator(own_first), limit, std::greater<std::string>())
                     : merge(first, last, own_first, own_last, limit, std::less<std::string>());
  Range seen = range;  // what lies beyond the last entry returned was not looked at
  if (out.size() == limit && !out.empty())
    (reverse ? seen.first : seen.last) = out.back().key + (reverse ? "" : std::string(1, '\0'));
  if (limit > 0) note_read(std::move(seen));
  return out;
}

base::Status MemoryTransaction::put(std::string_view key, std::string_view value) {
  WEIR_CHECK_OK(may_write());
  own_.insert_or_assign(std::string(key), std::string(value));
  return {};
}

base::Status MemoryTransaction::erase(std::string_view key) {
  WEIR_CHECK_OK(may_write());
  own_.insert_or_assign(std::string(key), std::nullopt);
  return {};
}

base::Status MemoryTransaction::commit() {
  if (over_) return base::internal("store: the transaction is over");
  auto status = own_.empty() ? store_.meet_commit_fault() : commit_changes();
  close();
  return status;
}

base::Status MemoryTransaction::commit_changes() {
  if (Watchers::telling()) return Watchers::refusal();
  std::lock_guard one_at_a_time(store_.commit_mutex_);
  {
    std::unique_lock lock(store_.data_mutex_);
    if (store_.changed_since(read_, snapshot_))
      return base::fail(base::Kind::concurrent, "Another request changed this at the same time; try again.");
    WEIR_CHECK_OK(store_.meet_commit_fault());
    store_.apply(own_);
  }
  std::vector<Change> changes;
  for (auto& [key, value] : own_) changes.push_back({key, value});
  store_.watchers_.tell(changes);
  return {};
}

void MemoryTransaction::close() {
  if (!std::exchange(over_, true)) store_.close_snapshot(snapshot_);
}

base::Result<std::unique_ptr<Transaction>> MemoryStore::begin(Mode mode) {
  if (mode == Mode::write && Watchers::telling()) return Watchers::refusal();
  return std::unique_ptr<Transaction>(std::make_unique<MemoryTransaction>(*this, mode));
}

void MemoryStore::watch(std::string prefix, Watcher watcher) { watchers_.add(std::move(prefix), std::move(watcher)); }

void MemoryStore::fail_operation(int nth, base::Error error) {
  std::lock_guard lock(fault_mutex_);
  operation_fault_ = {nth, std::move(error)};
}

void MemoryStore::fail_commit(int nth, base::Error error) {
  std::lock_guard lock(fault_mutex_);
  commit_fault_ = {nth, std::move(error)};
}

base::Status MemoryStore::Fault::count() {
  if (in == 0 || --in > 0) return {};
  return error;
}

base::Status MemoryStore::meet_operation_fault() {
  std::lock_guard lock(fault_mutex_);
  return operation_fault_.count();
}

base::Status MemoryStore::meet_commit_fault() {
  std::lock_guard lock(fault_mutex_);
  return commit_fault_.count();
}

uint64_t MemoryStore::open_snapshot() {
  std::unique_lock lock(data_mutex_);
  snapshots_.insert(now_);
  return now_;
}

void MemoryStore::close_snapshot(uint64_t at) {
  std::unique_lock lock(data_mutex_);
  snapshots_.erase(snapshots_.find(at));
  if (!snapshots_.empty()) return;
  for (auto& key : std::exchange(kept_, {}))
    if (auto entry = data_.find(key); entry != data_.end()) drop_old(entry);
}

const std::string* MemoryStore::visible(const Versions& versions, uint64_t at) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version)
    if (version->at <= at) return version->value ? &*version->value : nullptr;
  return nullptr;
}

bool MemoryStore::changed_since(const std::vector<Range>& read, uint64_t at) const {
  return std::any_of(read.begin(), read.end(), [&](const Range& range) {
    auto [first, last] = part_of(data_, range);
    return std::any_of(first, last, [&](auto& entry) { return entry.second.back().at > at; });
  });
}

void MemoryStore::apply(const Changes& changes) {
  ++now_;
  for (auto& [key, value] : changes) {
    auto entry = data_.try_emplace(key).first;
    entry->second.push_back({now_, value});
    drop_old(entry);
  }
}

void MemoryStore::drop_old(Data::iterator entry) {
  auto& versions = entry->second;
  uint64_t oldest = snapshots_.empty() ? now_ : *snapshots_.begin();
  while (versions.size() > 1 && versions[1].at <= oldest) versions.erase(versions.begin());
  bool settled = versions.size() == 1 && versions[0].at <= oldest;
  if (!settled) {
    kept_.insert(entry->first);
  } else if (!versions[0].value) {
    data_.erase(entry);
  }
}

}  // namespace weir::store
