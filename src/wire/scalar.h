// Scalars as text: how headers, query strings, forms and XML spell them, and the parts JSON shares.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "wire/shape.h"

namespace weir::wire {

// Reads `text` into a scalar value of that shape; false when it is not one. Strings must be valid UTF-8.
bool read_scalar(const Shape& shape, TimestampFormat format, std::string_view text, void* into);
void append_scalar(const Shape& shape, TimestampFormat format, const void* value, std::string& out);
inline bool is_scalar(Type type) { return type < Type::document; }

bool read_timestamp(std::string_view text, TimestampFormat format, base::Instant& into);
void append_timestamp(base::Instant at, TimestampFormat format, std::string& out);
// As JSON writes it: seconds, with milliseconds when there are any.
void append_epoch_seconds(base::Instant at, std::string& out);
// To the nearest millisecond, for that is what is written: far from 1970 a double does not hold a fraction exactly, and
// what was cut off would be another time at each reading. False outside the years 1 to 9999.
bool read_epoch_seconds(double seconds, base::Instant& into);

// NaN, Infinity, -Infinity: the numbers JSON and XML write as words.
std::optional<double> special_number(std::string_view word);

}  // namespace weir::wire
