#include "server/execution_agenda.h"

#include <gtest/gtest.h>

#include <thread>

#include "server/sdk_performer.h"

namespace weir::server {
namespace {

Job job(const std::string& key) { return {key, executions::Effect{}}; }

class Agenda : public testing::Test {
 protected:
  base::ManualClock clock{base::from_epoch_seconds(1e9)};
  ExecutionAgenda agenda{clock};
};

TEST_F(Agenda, AJobThatIsQueuedIsQueuedOnce) {
  agenda.add(job("a"));
  agenda.add(job("a"));
  agenda.add(job("b"));
  EXPECT_EQ(agenda.take()->key, "a");
  EXPECT_EQ(agenda.take()->key, "b");
  agenda.close();
  EXPECT_FALSE(agenda.take());
}

TEST_F(Agenda, WhatComesWhileItsKeyIsWorkedOnComesAfter) {
  agenda.add(job("a"));
  auto first = agenda.take();
  agenda.add(job("a"));
  agenda.add(job("b"));
  EXPECT_EQ(agenda.take()->key, "b");
  agenda.finish(*first);
  EXPECT_EQ(agenda.take()->key, "a");
}

TEST_F(Agenda, AJobThatFailedComesBackWhenItsPauseIsOver) {
  EXPECT_TRUE(agenda.wait_for_look()) << "at the start there is something to look at";
  agenda.add(job("a"));
  agenda.finish(*agenda.take(), base::Seconds(5));
  clock.advance(base::Seconds(5));
  agenda.look_at(clock.now());
  EXPECT_TRUE(agenda.wait_for_look());
  EXPECT_EQ(agenda.take()->key, "a");
}

TEST_F(Agenda, TheEarliestInstantIsLookedAtFirst) {
  EXPECT_TRUE(agenda.wait_for_look());
  agenda.look_at(clock.now() + base::Seconds(60));
  agenda.look_at(clock.now() + base::Seconds(10));
  agenda.look_at(clock.now() + base::Seconds(30));
  clock.advance(base::Seconds(10));
  EXPECT_TRUE(agenda.wait_for_look());
}

TEST_F(Agenda, ClosingLetsEverybodyGo) {
  EXPECT_TRUE(agenda.wait_for_look());
  std::thread takes([&] { EXPECT_FALSE(agenda.take()); });
  std::thread looks([&] { EXPECT_FALSE(agenda.wait_for_look()); });
  agenda.close();
  takes.join();
  looks.join();
}

TEST(SdkNames, ExceptionsAreNamedAsTheSdkForJavaDoes) {
  EXPECT_EQ(sdk_exception_name("EntityNotFoundException"), "EntityNotFoundException");
  EXPECT_EQ(sdk_exception_name("NoSuchEntity"), "NoSuchEntityException");
  EXPECT_EQ(sdk_exception_name("AWSOrganizationsNotInUseException"), "AwsOrganizationsNotInUseException");
  EXPECT_EQ(sdk_exception_name("InvalidKMSKeyFault"), "InvalidKmsKeyException");
  EXPECT_EQ(sdk_exception_name("ExecutionDoesNotExist"), "ExecutionDoesNotExistException");
}

}  // namespace
}  // namespace weir::server
