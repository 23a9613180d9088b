// SharedMap<K, V>: an immutable hash map whose changed copies share almost everything.
//
// A copy costs one pointer; `with` and `without` copy one path of a fixed-depth radix tree over the
// hash (two nodes of 64 pointers and a small bucket), so publishing a change to a million entries
// costs the change, not the million. Readers hold a copy and never lock.
//
// Thread safety: a SharedMap object is a value; different copies may be used from different threads.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace weir::base {

template <class K, class V, class Hash = std::hash<K>>
class SharedMap {
  struct Bucket {
    std::vector<std::pair<K, V>> items;
  };
  struct Branch {
    std::array<std::shared_ptr<const Bucket>, 256> buckets;
  };
  struct Root {
    std::array<std::shared_ptr<const Branch>, 256> branches;
  };

 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  template <class Q>
  const V* find(const Q& key) const {
    if (!root_) return nullptr;
    size_t h = spread(Hash{}(key));
    auto& branch = root_->branches[h & 255];
    if (!branch) return nullptr;
    auto& bucket = branch->buckets[(h >> 8) & 255];
    if (!bucket) return nullptr;
    for (auto& [k, v] : bucket->items)
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
    auto& bucket = path(spread(Hash{}(key)));
    for (auto& [k, v] : bucket.items)
      if (k == key) return void(v = std::move(value));
    bucket.items.emplace_back(std::move(key), std::move(value));
    ++size_;
  }
  template <class Q>
  bool erase(const Q& key) {
    if (!find(key)) return false;
    auto& items = path(spread(Hash{}(key))).items;
    for (size_t i = 0; i < items.size(); ++i) {
      if (!(items[i].first == key)) continue;
      items[i] = std::move(items.back());
      items.pop_back();
      --size_;
      return true;
    }
    return false;
  }

  // Calls visit(key, value) for every entry, in no order that means anything.
  template <class F>
  void for_each(F&& visit) const {
    if (!root_) return;
    for (auto& branch : root_->branches)
      if (branch)
        for (auto& bucket : branch->buckets)
          if (bucket)
            for (auto& [k, v] : bucket->items) visit(k, v);
  }

 private:
  static size_t spread(size_t h) { return (h ^ (h >> 29)) * 0x9e3779b97f4a7c15ULL >> 17; }

  template <class T>
  static T& own(std::shared_ptr<const T>& node) {
    if (!node) {
      node = std::make_shared<T>();
    } else if (node.use_count() > 1) {
      node = std::make_shared<T>(*node);
    }
    return const_cast<T&>(*node);
  }
  Bucket& path(size_t h) { return own(own(own(root_).branches[h & 255]).buckets[(h >> 8) & 255]); }

  std::shared_ptr<const Root> root_;
  size_t size_ = 0;
};

}  // namespace weir::base
