// The operations of each kind of slot, instantiated by the generated tables.
#pragma once
#include <optional>
#include <string>

#include "wire/members.h"
#include "wire/shape.h"

namespace weir::wire {

template <class T>
struct SlotOf;

template <class T>
struct SlotOf<std::optional<T>> {
  static const void* get(const void* slot) {
    auto& value = *static_cast<const std::optional<T>*>(slot);
    return value ? &*value : nullptr;
  }
  static void* make(void* slot) { return &static_cast<std::optional<T>*>(slot)->emplace(); }
};

template <class T>
struct SlotOf<std::optional<Box<T>>> {
  static const void* get(const void* slot) {
    auto& value = *static_cast<const std::optional<Box<T>>*>(slot);
    return value ? &**value : nullptr;
  }
  static void* make(void* slot) { return &*static_cast<std::optional<Box<T>>*>(slot)->emplace(); }
};

// Lists and maps hold their own absence: the slot is the value.
template <class Container>
struct ContainerSlot {
  static const void* get(const void* slot) { return static_cast<const Container*>(slot)->given() ? slot : nullptr; }
  static void* make(void* slot) { return &(*static_cast<Container*>(slot) = Container()).give(); }
};
template <class T>
struct SlotOf<List<T>> : ContainerSlot<List<T>> {};
template <class T>
struct SlotOf<Map<T>> : ContainerSlot<Map<T>> {};

template <class Slot>
inline constexpr SlotOps kSlotOps = {&SlotOf<Slot>::get, &SlotOf<Slot>::make};

template <class T>
inline constexpr ListOps kListOps = {
    sizeof(T),
    [](const void* list) {
      auto& items = *static_cast<const List<T>*>(list);
      return Items{reinterpret_cast<const std::byte*>(items.data()), items.size()};
    },
    [](void* list) -> void* { return &static_cast<List<T>*>(list)->emplace_back(); },
    [](void* list, size_t count) { static_cast<List<T>*>(list)->reserve(count); },
};

template <class T>
inline constexpr MapOps kMapOps = {
    [](const void* map) { return static_cast<const Map<T>*>(map)->size(); },
    [](void* map, std::string&& key) -> void* {
      auto [at, is_new] = static_cast<Map<T>*>(map)->try_emplace(std::move(key));
      return is_new ? &at->second : nullptr;
    },
    [](const void* map, void* context, void (*visit)(void*, const std::string&, const void*)) {
      for (auto& [key, value] : *static_cast<const Map<T>*>(map)) visit(context, key, &value);
    },
};

}  // namespace weir::wire
