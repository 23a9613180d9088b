
import { signIn, signOut } from "@aws-amplify/auth";
import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from "@aws-amplify/auth/cognito";
import { Amplify } from "@aws-amplify/core";
const auth={Cognito:{userPoolId:"us-east-1_Y1DWQ9DZt",userPoolClientId:"s4vm5yfk4dwczgcpey9hxi79e8",userPoolEndpoint:"http://127.0.0.1:35363",loginWith:{username:true}}};
const kept=new Map();
cognitoUserPoolsTokenProvider.setAuthConfig(auth);
cognitoUserPoolsTokenProvider.setKeyValueStorage({setItem:async(k,v)=>void kept.set(k,v),getItem:async(k)=>kept.get(k)??null,removeItem:async(k)=>void kept.delete(k),clear:async()=>kept.clear()});
Amplify.configure({Auth:auth},{Auth:{tokenProvider:cognitoUserPoolsTokenProvider,credentialsProvider:cognitoCredentialsProvider}});
let ok=0;
for(let i=0;i<950;++i){ try{ const r=await signIn({username:"p"+i,password:"Corr3ct!horse",options:{authFlowType:"USER_SRP_AUTH"}}); if(r.nextStep.signInStep==="DONE")ok++; else console.log(i,r.nextStep.signInStep); }catch(e){console.log(i,e.name,e.message)} await signOut().catch(()=>{}); }
console.log("ok",ok);
