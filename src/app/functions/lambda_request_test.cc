#include "app/functions/lambda_request.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using base::Json;

workflow::StartTask task(const std::string& resource, Json input) {
  workflow::StartTask out;
  out.resource = *workflow::TaskResource::parse(resource);
  out.input = std::move(input);
  return out;
}

base::Result<LambdaRequest> invoke(Json input) {
  return read_lambda_request(task("arn:aws:states:::lambda:invoke", std::move(input)));
}

Json named() { return Json::object().set("FunctionName", "f"); }

TEST(LambdaRequest, AFunctionNamedByItsArnGetsTheWholeInput) {
  auto read = read_lambda_request(task("arn:aws:lambda:us-east-1:111122223333:function:f", Json::array().push(1)));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->payload, Json::array().push(1));
  EXPECT_EQ(lambda_result(*read, 7, "id"), Json(7)) << "no envelope";
}

TEST(LambdaRequest, AbsentPayloadIsAnEmptyObjectAndNullStaysNull) {
  EXPECT_EQ(invoke(named())->payload, Json::object());
  EXPECT_EQ(invoke(named().set("Payload", Json()))->payload, Json());
}

TEST(LambdaRequest, AQualifierIsPartOfTheName) {
  EXPECT_EQ(invoke(named().set("Qualifier", "$LATEST"))->function, "f:$LATEST");
}

TEST(LambdaRequest, WhatAwsDoesNotTakeIsRefused) {
  for (const auto& wrong :
       {Json::object(), Json(), Json::array(), named().set("LogType", "Tail"), named().set("Other", 1),
        Json::object().set("FunctionName", 1), named().set("InvocationType", "Later"),
        named().set("ClientContext", "\r\nX: y"), named().set("ClientContext", "bm8="), named().set("Qualifier", 1),
        named().set("ClientContext", std::string(4000, 'A'))})
    EXPECT_FALSE(invoke(wrong).ok()) << wrong.dump();
  EXPECT_FALSE(read_lambda_request(task("arn:aws:states:::lambda:invoke.sync", named())).ok());
  EXPECT_FALSE(read_lambda_request(task("arn:aws:states:::lambda:listFunctions", named())).ok());
}

TEST(LambdaRequest, TheEnvelopeSaysHowTheCallWent) {
  auto answered = lambda_result(*invoke(named()), "yes", "id");
  EXPECT_EQ(answered.text("Payload"), "yes");
  EXPECT_EQ(answered.number("StatusCode"), 200);
  EXPECT_EQ(answered.find("SdkResponseMetadata")->text("RequestId"), "id");
  auto event = lambda_result(*invoke(named().set("InvocationType", "Event")), "yes", "id");
  EXPECT_EQ(event.number("StatusCode"), 202);
  EXPECT_FALSE(event.find("Payload"));
  EXPECT_EQ(lambda_result(*invoke(named().set("InvocationType", "DryRun")), {}, "id").number("StatusCode"), 204);
}

}  // namespace
}  // namespace weir::app
