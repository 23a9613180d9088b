// Generated from the published service model. A build output: change the generator or the patches.

#include "wire/zoo_operations.h"

#include "wire/zoo_shapes.h"

namespace weir::wire::zoo {
namespace {

extern const ServiceModel kModel;

constexpr ErrorShape kErrors[] = {
    {.name = "NotHungry", .code = "NotHungry", .http_status = 409},
};

constexpr const ErrorShape* kFeedAnimalErrors[] = {&kErrors[0]};
constexpr Operation kOperations[] = {
    {.name = "FeedAnimal", .service = &kModel, .method = "POST", .input = &shapes::kFeedAnimalInput, .output = &shapes::kFeedAnimalOutput, .errors = kFeedAnimalErrors, .idempotent = true},
    {.name = "Rest", .service = &kModel, .method = "POST", .input = &kNothing, .output = &kNothing},
};

constexpr std::string_view kUnserved[] = {"Escape"};

constinit const ServiceModel kModel = {.name = "zoo", .signing_name = "zoo", .endpoint_prefix = "zoo", .protocol = Protocol::aws_json, .api_version = "2020-01-01", .json_version = "1.1", .target_prefix = "Zoo_2020", .operations = kOperations, .unserved = kUnserved, .errors = kErrors};

}  // namespace

const ServiceModel& model() { return kModel; }

namespace op {
const Operation& FeedAnimal::model() { return kOperations[0]; }
const Operation& Rest::model() { return kOperations[1]; }
}  // namespace op

}  // namespace weir::wire::zoo
