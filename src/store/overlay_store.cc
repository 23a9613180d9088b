#include "store/overlay_store.h"

#include <algorithm>

namespace weir::store {

// Three layers: own writes, what the overlay's commits had written at begin(), the moment underneath.
class OverlayTransaction final : public Transaction {
 public:
  OverlayTransaction(OverlayStore& store, Mode mode, OverlayStore::WrittenPtr seen)
      : store_(store), mode_(mode), seen_(std::move(seen)) {
    if (mode_ == Mode::write) own_ = *seen_;
  }

  base::Result<std::optional<std::string>> get(std::string_view key) override {
    WEIR_CHECK_OK(may_read());
    const auto& top = layer();
    if (auto found = top.find(key); found != top.end()) return found->second;
    return store_.get_beneath(key);
  }

  base::Result<std::vector<std::optional<std::string>>> get_many(std::span<const std::string> keys) override {
    std::vector<std::optional<std::string>> values;
    for (const auto& key : keys) {
      WEIR_TRY(auto value, get(key));
      values.push_back(std::move(value));
    }
    return values;
  }

  base::Result<std::vector<Entry>> scan(const Range& range, size_t limit, bool reverse) override;

  base::Status put(std::string_view key, std::string_view value) override {
    return change(key, std::optional<std::string>(value));
  }
  base::Status erase(std::string_view key) override { return change(key, std::nullopt); }

  base::Status commit() override {
    if (over_) return ended();
    over_ = true;
    return changed_ ? store_.commit(seen_, own_) : base::Status();
  }

 private:
  static base::Error ended() { return base::internal("store: the transaction is over"); }
  base::Status may_read() const { return over_ ? base::Status(ended()) : base::Status(); }
  // A reader looks at the shared map itself, a writer at its copy with its own writes.
  const OverlayStore::Written& layer() const { return mode_ == Mode::write ? own_ : *seen_; }

  base::Status change(std::string_view key, std::optional<std::string> value) {
    WEIR_CHECK_OK(may_read());
    if (mode_ == Mode::read) return base::internal("store: a write in a read transaction");
    own_.insert_or_assign(std::string(key), std::move(value));
    changed_ = true;
    return {};
  }

  OverlayStore& store_;
  Mode mode_;
  OverlayStore::WrittenPtr seen_;
  OverlayStore::Written own_;
  bool changed_ = false;
  bool over_ = false;
};

namespace {

bool holds_nothing(const Range& range) { return !range.last.empty() && range.last <= range.first; }

// What lies beyond `last` in the direction of the scan.
Range rest_of(Range range, const std::string& last, bool reverse) {
  (reverse ? range.last : range.first) = reverse ? last : last + '\0';
  return range;
}

// The entries beneath of one range, a page at a time.
template <class Load>
class Beneath {
 public:
  Beneath(Range range, size_t page, bool reverse, Load load)
      : range_(std::move(range)), page_(page), reverse_(reverse), load_(std::move(load)) {}

  // The next entry, null at the end; pop() goes on.
  base::Result<Entry*> peek() {
    if (at_ == entries_.size() && !ended_) WEIR_CHECK_OK(turn_page());
    return at_ < entries_.size() ? &entries_[at_] : nullptr;
  }
  void pop() { ++at_; }

 private:
  base::Status turn_page() {
    WEIR_TRY(entries_, load_(range_, page_, reverse_));
    at_ = 0;
    ended_ = entries_.size() < page_;
    // Reverse ranges end before their last key: at the empty key there is nothing left before it.
    if (!ended_ && reverse_ && entries_.back().key.empty()) ended_ = true;
    if (!ended_) range_ = rest_of(range_, entries_.back().key, reverse_);
    return {};
  }

  Range range_;
  size_t page_;
  bool reverse_;
  Load load_;
  std::vector<Entry> entries_;
  size_t at_ = 0;
  bool ended_ = false;
};

template <class At, class Source, class Before>
base::Result<std::vector<Entry>> merge(Source& beneath, At own, At own_end, size_t limit, Before before) {
  std::vector<Entry> out;
  while (out.size() < limit) {
    WEIR_TRY(auto* under, beneath.peek());
    if (!under && own == own_end) break;
    if (own == own_end || (under && before(under->key, own->first))) {
      out.push_back(std::move(*under));
      beneath.pop();
      continue;
    }
    if (under && under->key == own->first) beneath.pop();
    if (own->second) out.push_back({own->first, *own->second});
    ++own;
  }
  return out;
}

}  // namespace

base::Result<std::vector<Entry>> OverlayTransaction::scan(const Range& range, size_t limit, bool reverse) {
  WEIR_CHECK_OK(may_read());
  if (limit == 0 || holds_nothing(range)) return std::vector<Entry>();
  constexpr size_t kPageMax = 1024;
  auto load = [this](const Range& part, size_t n, bool back) { return store_.scan_beneath(part, n, back); };
  Beneath beneath(range, std::min(limit, kPageMax), reverse, load);
  const auto& top = layer();
  auto first = top.lower_bound(range.first);
  auto last = range.last.empty() ? top.end() : top.lower_bound(range.last);
  using std::make_reverse_iterator;
  if (reverse)
    return merge(beneath, make_reverse_iterator(last), make_reverse_iterator(first), limit,
                 std::greater<std::string>());
  return merge(beneath, first, last, limit, std::less<std::string>());
}

base::Result<std::unique_ptr<OverlayStore>> OverlayStore::over(Store& beneath) {
  WEIR_TRY(auto moment, beneath.begin(Mode::read));
  return std::unique_ptr<OverlayStore>(new OverlayStore(std::move(moment)));
}

OverlayStore::WrittenPtr OverlayStore::written() const {
  std::lock_guard lock(written_mutex_);
  return written_;
}

base::Result<std::unique_ptr<Transaction>> OverlayStore::begin(Mode mode) {
  if (mode == Mode::write && Watchers::telling()) return Watchers::refusal();
  return std::unique_ptr<Transaction>(std::make_unique<OverlayTransaction>(*this, mode, written()));
}

std::unique_ptr<Transaction> OverlayStore::before() {
  return std::make_unique<OverlayTransaction>(*this, Mode::read, std::make_shared<const Written>());
}

void OverlayStore::watch(std::string prefix, Watcher watcher) { watchers_.add(std::move(prefix), std::move(watcher)); }

// Whoever began before another's commit loses, whether or not they touched the same: the overlay is for one
// request, and refusing too much is always serializable.
base::Status OverlayStore::commit(const WrittenPtr& seen, const Written& own) {
  if (Watchers::telling()) return Watchers::refusal();
  std::lock_guard one_at_a_time(commit_mutex_);
  {
    std::lock_guard lock(written_mutex_);
    if (written_ != seen)
      return base::fail(base::Kind::concurrent, "Another request changed this at the same time; try again.");
    written_ = std::make_shared<const Written>(own);
  }
  std::vector<Change> changes;
  for (const auto& [key, value] : own) {
    auto before = seen->find(key);
    if (before == seen->end() || before->second != value) changes.push_back({key, value});
  }
  watchers_.tell(changes);
  return {};
}

base::Result<std::optional<std::string>> OverlayStore::get_beneath(std::string_view key) {
  std::lock_guard lock(moment_mutex_);
  return moment_->get(key);
}

base::Result<std::vector<Entry>> OverlayStore::scan_beneath(const Range& range, size_t limit, bool reverse) {
  std::lock_guard lock(moment_mutex_);
  return moment_->scan(range, limit, reverse);
}

base::Result<std::vector<Change>> OverlayStore::changes() {
  std::vector<Change> out;
  auto kept = written();
  for (const auto& [key, value] : *kept) {
    WEIR_TRY(auto was, get_beneath(key));
    if (was != value) out.push_back({key, value});
  }
  return out;
}

}  // namespace weir::store
