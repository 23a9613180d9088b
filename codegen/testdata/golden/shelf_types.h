// Generated from the published service model. A build output: change the generator or the patches.

#pragma once
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/json.h"
#include "wire/members.h"

namespace weir::wire {
struct Shape;
}

namespace weir::wire::shelf {

struct PutBookInput;
struct ListBooksInput;
struct Book;
struct ListBooksOutput;

struct PutBookInput {
  std::optional<std::string> Shelf{};
  std::optional<std::string> Title{};
  std::optional<base::Instant> Modified{};
  wire::Map<std::string> Labels{};
};

struct ListBooksInput {
  std::optional<std::string> Shelf{};
  std::optional<int32_t> Limit{};
};

struct Book {
  std::optional<std::string> Title{};
  std::optional<std::string> Kind{};
};

struct ListBooksOutput {
  wire::List<shelf::Book> Books{};
};

// The table of each struct, found by argument-dependent lookup.
const Shape& weir_shape(const PutBookInput*);
const Shape& weir_shape(const ListBooksInput*);
const Shape& weir_shape(const Book*);
const Shape& weir_shape(const ListBooksOutput*);

}  // namespace weir::wire::shelf
