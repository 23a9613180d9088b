// Structs as programs of an SDK spell them: members by their names in the model with a capital in front, wherever
// the protocol puts them (body, header, path). What Step Functions' aws-sdk tasks take and give.
//
// Reading takes members with a small first letter, too, and refuses what it does not know: a misspelt parameter is
// never left out in silence. Timestamps are ISO 8601 texts, blobs base64. Any thread.
#pragma once
#include "base/json.h"
#include "wire/shape.h"

namespace weir::wire {

// Kind::invalid about kSerialization. `into` is a default-constructed struct of that shape.
base::Status read_sdk_json(const Shape& shape, const base::Json& from, void* into);
base::Json write_sdk_json(const Shape& shape, const void* from);

// Idempotency tokens that were not given get `key`.
void fill_idempotency_tokens(const Shape& shape, const std::string& key, void* into);

}  // namespace weir::wire
