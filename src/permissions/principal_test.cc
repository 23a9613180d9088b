#include "permissions/principal.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

PrincipalKind kind(std::string_view text) { return Principal::parse(text).value().kind(); }

TEST(Principal, EveryDocumentedFormIsRecognised) {
  using enum PrincipalKind;
  EXPECT_EQ(kind("arn:aws:iam::111122223333:user/ann"), iam_user);
  EXPECT_EQ(kind("arn:aws:iam::111122223333:role/team/analyst"), iam_role);
  EXPECT_EQ(kind("arn:aws-cn:iam::111122223333:role/analyst"), iam_role);
  EXPECT_EQ(kind("arn:aws:iam::111122223333:saml-provider/idp:user/ann@example.com"), saml_user);
  EXPECT_EQ(kind("arn:aws:iam::111122223333:saml-provider/idp:group/finance"), saml_group);
  EXPECT_EQ(kind("arn:aws:quicksight:eu-west-1:111122223333:user/default/ann"), quicksight_user);
  EXPECT_EQ(kind("arn:aws:quicksight:eu-west-1:111122223333:group/default/g"), quicksight_group);
  EXPECT_EQ(kind("111122223333"), account);
  EXPECT_EQ(kind("arn:aws:organizations::111122223333:organization/o-abc"), organization);
  EXPECT_EQ(kind("arn:aws:organizations::111122223333:ou/o-abc/ou-def"), organizational_unit);
  EXPECT_EQ(kind("arn:aws:identitystore:::user/x"), identity_center_user);
  EXPECT_EQ(kind("arn:aws:identitystore:::group/x"), identity_center_group);
  EXPECT_EQ(kind("111122223333:IAMPrincipals"), account_iam_principals);
}

TEST(Principal, EverybodyIsSpelledInAnyCaseAndKeptInOne) {
  EXPECT_EQ(Principal::parse("IAM_Allowed_Principals").value().text(), "IAM_ALLOWED_PRINCIPALS");
  EXPECT_EQ(Principal::parse("111122223333:iamprincipals").value().text(), "111122223333:IAMPrincipals");
}

TEST(Principal, ASessionIsRefusedWithItsRole) {
  auto refused = Principal::parse("arn:aws:sts::111122223333:assumed-role/analyst/ann");
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().says.find("arn:aws:iam::111122223333:role/analyst"), std::string::npos);
}

TEST(Principal, NothingElseIsAPrincipal) {
  for (const char* text :
       {"", "*", "everyone", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:group/g",
        "arn:aws:iam:::role/x", "arn:aws:iam::111122223333:role/", "arn:aws:iam::111122223333:role/x/",
        "arn:aws:s3:::bucket", "arn:evil:iam::111122223333:role/x", "arn:aws:iam::111122223333:saml-provider/idp",
        "arn:aws:iam::111122223333:saml-provider/:user/x", "arn:aws:quicksight:eu-west-1:111122223333:user/other/ann",
        "11112222333", "arn:aws:iam::111122223333:role/a\nb", "arn:aws:sts::111122223333:federated-user/x",
        "arn:aws:iam:eu-west-1:111122223333:role/x"})
    EXPECT_FALSE(Principal::parse(text).ok()) << text;
  EXPECT_FALSE(Principal::parse("arn:aws:iam::111122223333:role/" + std::string(300, 'x')).ok());
}

TEST(Principal, CaseAndPathOfAnArnMatter) {
  EXPECT_FALSE(Principal::parse("arn:aws:iam::111122223333:role/A").value() ==
               Principal::parse("arn:aws:iam::111122223333:role/a").value());
}

TEST(Principal, InsideAnAccountOnlyItsOwnPrincipalsHoldAnything) {
  auto check = [](std::string_view text) { return check_grantable(Principal::parse(text).value(), "111122223333"); };
  EXPECT_TRUE(check("arn:aws:iam::111122223333:role/a").ok());
  EXPECT_TRUE(check("IAM_ALLOWED_PRINCIPALS").ok());
  EXPECT_TRUE(check("111122223333:IAMPrincipals").ok());
  for (const char* text : {"arn:aws:iam::999999999999:role/a", "999999999999", "999999999999:IAMPrincipals",
                           "arn:aws:identitystore:::user/x", "arn:aws:organizations::111122223333:organization/o-abc"})
    EXPECT_EQ(check(text).error().kind, base::Kind::unsupported) << text;
}

TEST(Principal, TheFirstUserOrGroupMarkEndsTheNameOfASamlProvider) {
  auto of = [](std::string_view text) { return std::string(Principal::parse(text).value().saml_provider()); };
  EXPECT_EQ(of("arn:aws:iam::111122223333:saml-provider/idp:user/x:group/admins"), "idp");
  EXPECT_EQ(of("arn:aws:iam::111122223333:saml-provider/idp-2:group/a/b"), "idp-2");
  EXPECT_EQ(of("arn:aws:iam::111122223333:role/x"), "");
  EXPECT_EQ(kind("arn:aws:iam::111122223333:saml-provider/idp:user/x:group/admins"), PrincipalKind::saml_user);
}

}  // namespace
}  // namespace weir::permissions
