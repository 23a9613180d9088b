// SharedMap<K, V>: a hash map whose changed copies share almost everything.
//
// A tree over the bits of the hash, five a level: branches of up to 32 children, of which only those that are there
// take room, and leaves of up to eight entries. A copy costs one pointer; a change copies the nodes on one path, so
// publishing a change to a million entries costs the change, not the million. A look-up among a million reads four
// branches and a leaf, each one piece of memory. Readers hold a copy and never lock.
//
// Invariants:
//  1. A node that more than one map holds is never changed.
//  2. No branch is empty; a leaf has more than kLeafMax entries only where the bits of the hash are used up.
//
// Thread safety: a SharedMap object is a value; different copies may be used from different threads.
#pragma once
#include <atomic>
#include <bit>
#include <cstdint>
#include <functional>
#include <new>
#include <utility>

namespace weir::base {

// Objects of one kind in one allocation, counted; `tag` is the owner's to use. Made empty and filled with add().
template <class T>
class SharedBlock {
 public:
  static SharedBlock* make(size_t room, uint64_t tag = 0) {
    static_assert(alignof(T) <= alignof(SharedBlock), "the objects follow the head of their block");
    return new (::operator new(sizeof(SharedBlock) + room * sizeof(T))) SharedBlock(tag);
  }
  template <class... Args>
  void add(Args&&... args) {  // never more than there is room for
    new (begin() + size_) T(std::forward<Args>(args)...);
    ++size_;
  }

  void hold() const { uses_.fetch_add(1, std::memory_order_relaxed); }
  void release() {
    if (uses_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    for (auto& item : *this) item.~T();
    this->~SharedBlock();
    ::operator delete(this);
  }
  bool is_shared() const { return uses_.load(std::memory_order_acquire) != 1; }

  size_t size() const { return size_; }
  uint64_t tag() const { return tag_; }
  T* begin() { return reinterpret_cast<T*>(this + 1); }
  T* end() { return begin() + size_; }

 private:
  explicit SharedBlock(uint64_t tag) : tag_(tag) {}
  mutable std::atomic<uint32_t> uses_{1};
  uint32_t size_ = 0;
  uint64_t tag_;
};

template <class K, class V, class Hash = std::hash<K>>
class SharedMap {
  using Item = std::pair<K, V>;
  class Node;
  using Leaf = SharedBlock<Item>;
  using Branch = SharedBlock<Node>;  // the tag has a bit for each child that is there

  static constexpr size_t kLeafMax = 8;
  static constexpr int kBits = 5;
  static constexpr int kLevelsMax = 12;

 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Null when it is not there. Good as long as this map is not changed and not gone.
  template <class Q>
  const V* find(const Q& key) const {
    const Node* at = &root_;
    for (size_t h = spread(Hash{}(key)); auto* branch = at->branch(); h >>= kBits) {
      auto bit = bit_of(h);
      if (!(branch->tag() & bit)) return nullptr;
      at = branch->begin() + place_of(*branch, bit);
    }
    if (auto* leaf = at->leaf())
      for (auto& [k, v] : *leaf)
        if (k == key) return &v;
    return nullptr;
  }

  // A map with `key` set to `value`.
  SharedMap with(K key, V value) const {
    SharedMap next = *this;
    next.set(std::move(key), std::move(value));
    return next;
  }
  template <class Q>
  SharedMap without(const Q& key) const {
    SharedMap next = *this;
    next.erase(key);
    return next;
  }

  // In place: nodes that only this map holds are changed, shared ones are copied first.
  void set(K key, V value) {
    auto h = spread(Hash{}(key));
    set(root_, h, 0, Item(std::move(key), std::move(value)));
  }
  template <class Q>
  bool erase(const Q& key) {
    if (!find(key)) return false;
    erase(root_, spread(Hash{}(key)), key);
    --size_;
    return true;
  }

  // Calls visit(key, value) for every entry, in no order that means anything.
  template <class F>
  void for_each(F&& visit) const {
    each(root_, visit);
  }

 private:
  // A leaf, a branch or nothing: one counted pointer whose lowest bit tells leaves from branches.
  class Node {
   public:
    Node() = default;
    explicit Node(Leaf* leaf) : bits_(reinterpret_cast<uintptr_t>(leaf) | 1) {}
    explicit Node(Branch* branch) : bits_(reinterpret_cast<uintptr_t>(branch)) {}
    Node(const Node& other) : bits_(other.bits_) { hold(); }
    Node(Node&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
    Node& operator=(Node other) noexcept {
      std::swap(bits_, other.bits_);
      return *this;
    }
    ~Node() {
      if (auto* l = leaf()) l->release();
      if (auto* b = branch()) b->release();
    }
    Leaf* leaf() const { return bits_ & 1 ? reinterpret_cast<Leaf*>(bits_ - 1) : nullptr; }
    Branch* branch() const { return bits_ & 1 ? nullptr : reinterpret_cast<Branch*>(bits_); }

   private:
    void hold() const {
      if (auto* l = leaf()) l->hold();
      if (auto* b = branch()) b->hold();
    }
    uintptr_t bits_ = 0;
  };

  static size_t spread(size_t h) {
    h = (h ^ (h >> 29)) * 0x9e3779b97f4a7c15ULL;
    return h ^ (h >> 32);
  }
  static size_t digit_of(size_t h) { return h & ((size_t{1} << kBits) - 1); }
  static uint64_t bit_of(size_t h) { return uint64_t{1} << digit_of(h); }
  static size_t place_of(const Branch& branch, uint64_t bit) {
    return static_cast<size_t>(std::popcount(branch.tag() & (bit - 1)));
  }

  // What is taken out of a block that nobody else holds may be moved.
  template <class Block, class T>
  static T take(Block& block, T& item) {
    return block.is_shared() ? T(item) : T(std::move(item));
  }

  void set(Node& at, size_t h, int level, Item&& item) {
    if (at.branch()) return set_below(at, h, level, std::move(item));
    auto* leaf = at.leaf();
    if (Item* there = find_in(leaf, item.first)) {
      if (leaf->is_shared()) at = Node(copy(*leaf));
      find_in(at.leaf(), item.first)->second = std::move(item.second);
      return;
    }
    if (leaf && leaf->size() >= kLeafMax && level < kLevelsMax) {
      at = split(*leaf, level);
      return set_below(at, h, level, std::move(item));
    }
    at = Node(longer(leaf, std::move(item)));
    ++size_;
  }

  void set_below(Node& at, size_t h, int level, Item&& item) {
    auto bit = bit_of(h);
    if (!(at.branch()->tag() & bit)) {
      at = Node(with_place(*at.branch(), bit));
    } else if (at.branch()->is_shared()) {
      at = Node(copy(*at.branch()));
    }
    set(at.branch()->begin()[place_of(*at.branch(), bit)], h >> kBits, level + 1, std::move(item));
  }

  template <class Q>
  void erase(Node& at, size_t h, const Q& key) {
    if (auto* leaf = at.leaf()) {
      at = leaf->size() == 1 ? Node() : Node(without_item(*leaf, key));
      return;
    }
    if (at.branch()->is_shared()) at = Node(copy(*at.branch()));
    auto bit = bit_of(h);
    auto& child = at.branch()->begin()[place_of(*at.branch(), bit)];
    erase(child, h >> kBits, key);
    if (child.leaf() || child.branch()) return;
    at = at.branch()->size() == 1 ? Node() : Node(without_place(*at.branch(), bit));
  }

  template <class Q>
  static Item* find_in(Leaf* leaf, const Q& key) {
    if (!leaf) return nullptr;
    for (auto& item : *leaf)
      if (item.first == key) return &item;
    return nullptr;
  }

  template <class Block>
  static Block* copy(Block& block) {
    auto* out = Block::make(block.size(), block.tag());
    for (auto& item : block) out->add(item);
    return out;
  }
  static Leaf* longer(Leaf* leaf, Item&& item) {
    auto* out = Leaf::make((leaf ? leaf->size() : 0) + 1);
    if (leaf)
      for (auto& old : *leaf) out->add(take(*leaf, old));
    out->add(std::move(item));
    return out;
  }
  template <class Q>
  static Leaf* without_item(Leaf& leaf, const Q& key) {
    auto* out = Leaf::make(leaf.size() - 1);
    for (auto& item : leaf)
      if (!(item.first == key)) out->add(take(leaf, item));
    return out;
  }
  // With a place for a child, still empty.
  static Branch* with_place(Branch& branch, uint64_t bit) {
    auto* out = Branch::make(branch.size() + 1, branch.tag() | bit);
    auto at = place_of(branch, bit);
    for (size_t i = 0; i < branch.size(); ++i) {
      if (i == at) out->add();
      out->add(take(branch, branch.begin()[i]));
    }
    if (at == branch.size()) out->add();
    return out;
  }
  static Branch* without_place(Branch& branch, uint64_t bit) {
    auto* out = Branch::make(branch.size() - 1, branch.tag() & ~bit);
    auto at = place_of(branch, bit);
    for (size_t i = 0; i < branch.size(); ++i)
      if (i != at) out->add(take(branch, branch.begin()[i]));
    return out;
  }

  // A branch with the entries of a full leaf, each below the bits of its hash at this level.
  static Node split(Leaf& leaf, int level) {
    Leaf* parts[1 << kBits] = {};
    uint64_t tag = 0;
    for (auto& item : leaf) {
      auto h = spread(Hash{}(item.first)) >> (level * kBits);
      auto* before = std::exchange(parts[digit_of(h)], nullptr);
      parts[digit_of(h)] = longer(before, take(leaf, item));
      if (before) before->release();
      tag |= bit_of(h);
    }
    auto* branch = Branch::make(static_cast<size_t>(std::popcount(tag)), tag);
    for (auto* part : parts)
      if (part) branch->add(part);
    return Node(branch);
  }

  template <class F>
  static void each(const Node& at, F& visit) {
    if (auto* branch = at.branch())
      for (auto& child : *branch) each(child, visit);
    if (auto* leaf = at.leaf())
      for (const auto& [k, v] : *leaf) visit(k, v);
  }

  Node root_;
  size_t size_ = 0;
};

}  // namespace weir::base
