// Generated from the published service model. A build output: change the generator or the patches.

#include <cstddef>

#include "wire/pattern.h"
#include "wire/shelf_shapes.h"
#include "wire/shelf_types.h"
#include "wire/slots.h"

// The structs hold containers, so they are not standard-layout; g++ and clang lay them out as one expects.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace weir::wire::shelf::shapes {

constinit const Shape kText = {.name = "Text", .type = Type::string};

constinit const Shape kMoment = {.name = "Moment", .type = Type::timestamp, .timestamp = TimestampFormat::http_date};

constinit const Shape kLabels = {.name = "Labels", .type = Type::map, .element = &kText, .element_name = "value", .key = &kText, .key_name = "key", .map = &kMapOps<std::string>};

static constexpr Member kPutBookInputMembers[] = {
    {.name = "Shelf", .wire_name = "Shelf", .json_key = "\"Shelf\":", .shape = &kText, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(shelf::PutBookInput, Shelf), .location = Location::uri, .required = true},
    {.name = "Title", .wire_name = "Title", .json_key = "\"Title\":", .shape = &kText, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(shelf::PutBookInput, Title), .location = Location::uri, .required = true},
    {.name = "Modified", .wire_name = "Last-Modified", .json_key = "\"Last-Modified\":", .shape = &kMoment, .slot = &kSlotOps<std::optional<base::Instant>>, .offset = offsetof(shelf::PutBookInput, Modified), .location = Location::header},
    {.name = "Labels", .wire_name = "x-label-", .json_key = "\"x-label-\":", .shape = &kLabels, .slot = &kSlotOps<wire::Map<std::string>>, .offset = offsetof(shelf::PutBookInput, Labels), .location = Location::prefix_headers},
};
constinit const Shape kPutBookInput = {.name = "PutBookInput", .type = Type::structure, .members = kPutBookInputMembers};

constinit const Shape kCount = {.name = "Count", .type = Type::integer};

static constexpr Member kListBooksInputMembers[] = {
    {.name = "Shelf", .wire_name = "Shelf", .json_key = "\"Shelf\":", .shape = &kText, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(shelf::ListBooksInput, Shelf), .location = Location::uri, .required = true},
    {.name = "Limit", .wire_name = "max-books", .json_key = "\"max-books\":", .shape = &kCount, .slot = &kSlotOps<std::optional<int32_t>>, .offset = offsetof(shelf::ListBooksInput, Limit), .location = Location::query},
};
constinit const Shape kListBooksInput = {.name = "ListBooksInput", .type = Type::structure, .members = kListBooksInputMembers};

static constexpr Member kBookMembers[] = {
    {.name = "Title", .wire_name = "Title", .json_key = "\"Title\":", .shape = &kText, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(shelf::Book, Title)},
    {.name = "Kind", .wire_name = "xsi:type", .json_key = "\"xsi:type\":", .shape = &kText, .slot = &kSlotOps<std::optional<std::string>>, .offset = offsetof(shelf::Book, Kind), .xml_attribute = true},
};
constinit const Shape kBook = {.name = "Book", .type = Type::structure, .members = kBookMembers};

constinit const Shape kBooks = {.name = "Books", .type = Type::list, .flattened = true, .element = &kBook, .element_name = "member", .list = &kListOps<shelf::Book>};

static constexpr Member kListBooksOutputMembers[] = {
    {.name = "Books", .wire_name = "Book", .json_key = "\"Book\":", .shape = &kBooks, .slot = &kSlotOps<wire::List<shelf::Book>>, .offset = offsetof(shelf::ListBooksOutput, Books), .flattened = true},
};
constinit const Shape kListBooksOutput = {.name = "ListBooksOutput", .type = Type::structure, .members = kListBooksOutputMembers, .xml_name = "BookList"};
}  // namespace weir::wire::shelf::shapes

namespace weir::wire::shelf {
const Shape& weir_shape(const PutBookInput*) { return shapes::kPutBookInput; }
const Shape& weir_shape(const ListBooksInput*) { return shapes::kListBooksInput; }
const Shape& weir_shape(const Book*) { return shapes::kBook; }
const Shape& weir_shape(const ListBooksOutput*) { return shapes::kListBooksOutput; }
}  // namespace weir::wire::shelf
