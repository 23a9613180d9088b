// Generated from the published service model. A build output: change the generator or the patches.

#include "wire/shelf_operations.h"

#include "wire/shelf_shapes.h"

namespace weir::wire::shelf {
namespace {

extern const ServiceModel kModel;

constexpr UriPart kPutBookPath[] = {{.text = "Shelf", .label = true}, {.text = "Title", .label = true, .greedy = true}};
constexpr QueryPart kPutBookQuery[] = {{"book", ""}};
constexpr UriPart kListBooksPath[] = {{.text = "Shelf", .label = true}};
constexpr QueryPart kListBooksQuery[] = {{"list-type", "2"}};
constexpr Operation kOperations[] = {
    {.name = "PutBook", .service = &kModel, .method = "PUT", .path = kPutBookPath, .query = kPutBookQuery, .input = &shapes::kPutBookInput, .output = &kNothing, .success_status = 201, .streaming_input = "Body", .checksum_required = true},
    {.name = "ListBooks", .service = &kModel, .method = "GET", .path = kListBooksPath, .query = kListBooksQuery, .input = &shapes::kListBooksInput, .output = &shapes::kListBooksOutput},
};

constexpr std::string_view kUnserved[] = {"BurnBook"};

constexpr std::string_view kUnservedQueries[] = {"fire"};

constinit const ServiceModel kModel = {.name = "shelf", .signing_name = "shelf", .endpoint_prefix = "shelf", .protocol = Protocol::rest_xml, .api_version = "2021-02-03", .xml_namespace = "http://shelf/", .operations = kOperations, .unserved = kUnserved, .unserved_queries = kUnservedQueries};

}  // namespace

const ServiceModel& model() { return kModel; }

namespace op {
const Operation& PutBook::model() { return kOperations[0]; }
const Operation& ListBooks::model() { return kOperations[1]; }
}  // namespace op

}  // namespace weir::wire::shelf
