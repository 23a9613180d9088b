// Reading and writing one record under its key; what the record classes share.
#pragma once
#include "base/record.h"
#include "store/store.h"

namespace weir::catalog {

template <class T>
base::Result<std::optional<T>> find_record(store::Transaction& transaction, std::string_view key) {
  WEIR_TRY(auto text, transaction.get(key));
  if (!text) return std::optional<T>();
  WEIR_TRY(auto record, base::decode_record<T>(*text));
  return std::optional<T>(std::move(record));
}

template <class T>
base::Status put_record(store::Transaction& transaction, std::string_view key, const T& record) {
  return transaction.put(key, base::encode_record(record));
}

}  // namespace weir::catalog
