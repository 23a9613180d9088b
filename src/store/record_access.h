// One record under one key: how every floor reads and writes what it keeps.
//
// Threads: as the transaction.
#pragma once
#include <optional>
#include <string_view>

#include "base/record.h"
#include "store/store.h"

namespace weir::store {

// Nothing when the key is not there; an error when what is there cannot be read.
template <base::Record T>
base::Result<std::optional<T>> load(Transaction& tx, std::string_view key) {
  WEIR_TRY(auto text, tx.get(key));
  if (!text) return std::optional<T>();
  WEIR_TRY(auto value, base::decode_record<T>(*text));
  return std::optional<T>(std::move(value));
}

template <base::Record T>
base::Status save(Transaction& tx, std::string_view key, const T& value) {
  return tx.put(key, base::encode_record(value));
}

}  // namespace weir::store
